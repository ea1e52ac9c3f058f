package groupsync.settings;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;

/** The key that a mistyped key probably stands for. */
final class NearestKey {

    private NearestKey() {}

    /**
     * The key with the fewest edits between it and the mistyped one. DRY_RUN, dry.run and dry-run count as equal.
     *
     * @throws java.util.NoSuchElementException if {@code keys} is empty
     */
    static String of(String mistyped, Collection<String> keys) {
        return Collections.min(
                keys,
                Comparator.comparingInt((String key) -> distance(plain(mistyped), plain(key)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[_.]", "-");
    }

    /** The <a href="https://en.wikipedia.org/wiki/Levenshtein_distance">Levenshtein distance</a>. */
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
