package groupsync.tool;

import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Text that controls no terminal and has a known width in columns.
 *
 * <p>The tables of picocli cut without an ellipsis, and count both an emoji and a combining accent as one column.
 */
public final class TerminalText {

    /** Characters that control a terminal or turn the direction of writing; an event may contain them. */
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private static final Set<UnicodeScript> WIDE =
            Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

    private TerminalText() {}

    /** The text with a replacement character in place of each control character. */
    public static String printable(String text) {
        return CONTROL.matcher(text).replaceAll("\uFFFD");
    }

    /** The text in exactly so many columns, with the ellipsis in place of the rest if it is longer. */
    public static String fit(String text, int columns, String ellipsis) {
        var shown = printable(text);
        if (width(shown) > columns) {
            shown = cut(shown, columns - ellipsis.length()) + ellipsis;
        }
        return shown + " ".repeat(columns - width(shown));
    }

    /** A line of a summary: a label and a number. */
    public static String count(String label, long count) {
        return fit(label, 22, "~") + String.format(Locale.ROOT, "%,9d", count);
    }

    private static String cut(String text, int columns) {
        var left = columns;
        var end = 0;
        while (end < text.length()) {
            left -= width(text.codePointAt(end));
            if (left < 0) {
                break;
            }
            end = text.offsetByCodePoints(end, 1);
        }
        return text.substring(0, end);
    }

    /** The number of columns that a terminal needs for the text. */
    public static int width(String text) {
        return text.codePoints().map(TerminalText::width).sum();
    }

    private static int width(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> WIDE.contains(UnicodeScript.of(character)) || isWideSymbol(character) ? 2 : 1;
        };
    }

    /** CJK punctuation, full-width forms, emoji. */
    private static boolean isWideSymbol(int character) {
        return (character >= 0x3000 && character <= 0x303F)
                || (character >= 0xFF01 && character <= 0xFF60)
                || (character >= 0x1F300 && character <= 0x1FAFF);
    }
}
