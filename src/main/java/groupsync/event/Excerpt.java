package groupsync.event;

import java.util.regex.Pattern;

/** The beginning of a text from outside, as a message quotes it. Lengths are in UTF-16 units. */
public final class Excerpt {

    /** Control characters, line ends, and halves of surrogate pairs. */
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");

    /** Half of a surrogate pair, which UTF-8 cannot encode, or a control character other than line end and tab. */
    private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cs}\\p{Cc}&&[^\\t\\r\\n]]");

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+");

    private Excerpt() {}

    /** The text as it is; an ellipsis shows that it was cut, possibly between the halves of a surrogate pair. */
    static String of(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    /** An excerpt in which U+FFFD replaces each character that a log cannot show. */
    static String printable(String text, int longest) {
        return NOT_PRINTABLE.matcher(of(text, longest)).replaceAll("\uFFFD");
    }

    /** An excerpt with its lines, in which U+FFFD replaces each other control character and each half of a surrogate pair. */
    static String encodable(String text, int longest) {
        return NOT_TEXT.matcher(of(text, longest)).replaceAll("\uFFFD");
    }

    /** A printable excerpt on one line, in which one blank replaces blanks, line ends and control characters. */
    public static String onOneLine(String text, int longest) {
        // An id, in almost each response, needs no search for patterns.
        if (text.chars().allMatch(character -> character > ' ' && character <= '~')) {
            return of(text, longest);
        }
        return printable(BLANKS.matcher(text).replaceAll(" ").strip(), longest);
    }
}
