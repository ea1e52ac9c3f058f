package groupsync.observe;

import java.util.Locale;

/** The values of labels: words of ours, of which there are few, and never a text from outside. */
final class Labels {

    private Labels() {}

    static String of(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
