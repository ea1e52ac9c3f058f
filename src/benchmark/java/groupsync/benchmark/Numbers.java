package groupsync.benchmark;

import java.util.Arrays;
import java.util.Locale;

/** Numbers as the report writes them. */
final class Numbers {

    private Numbers() {}

    /** About three digits, with commas. */
    static String text(double number) {
        var format = number >= 100 ? "%,.0f" : number >= 10 ? "%,.1f" : "%,.2f";
        return String.format(Locale.ROOT, format, number);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    static String ratio(double number, double other) {
        return other == 0 ? "" : String.format(Locale.ROOT, "%.2f", number / other);
    }

    /** The value that this share of all is not above. */
    static double percentile(double[] values, double share) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
