package groupsync.deadletters.topic;

import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** The numbers from one to another, both included: {@code 7}, {@code 3-9}, {@code 3-} or {@code -9}. */
public record Range(long first, long last) {

    static final Range ALL = new Range(0, Long.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("(?<first>\\d{0,18})(?:(?<dash>-)(?<last>\\d{0,18}))?");

    /**
     * Reads a range of the command line.
     *
     * @throws TypeConversionException if the text is no range
     */
    public static Range parse(String text) {
        var match = FORM.matcher(text);
        if (match.matches() && text.chars().anyMatch(Character::isDigit)) {
            var first = number(match.group("first"), 0);
            var last = match.group("dash") == null ? first : number(match.group("last"), Long.MAX_VALUE);
            if (first <= last) {
                return new Range(first, last);
            }
        }
        throw new TypeConversionException("'" + text + "' is not a range such as 7, 3-9, 3- or -9");
    }

    private static long number(String digits, long otherwise) {
        return digits.isEmpty() ? otherwise : Long.parseLong(digits);
    }

    boolean contains(long number) {
        return first <= number && number <= last;
    }
}
