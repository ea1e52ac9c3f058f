package groupsync.faults;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The size of the suite: {@code -Dfaults.form=short}, for every build, has each fault with fewer kills and seeds and
 * shorter outages; {@code full}, the default, is for figures. {@code -Dfaults.groups=contacts} changes contact groups instead
 * of IM groups.
 */
final class Form {

    private static final boolean SHORT = choice("faults.form", "full", "short").equals("short");
    private static final String GROUPS = choice("faults.groups", "im", "contacts");

    private Form() {}

    private static String choice(String key, String usual, String other) {
        var value = System.getProperty(key, usual);
        if (!List.of(usual, other).contains(value)) {
            throw new IllegalArgumentException(key + ": '" + value + "' is not one of " + usual + ", " + other);
        }
        return value;
    }

    /** The value of {@code zoom.groups}. */
    static String groups() {
        return GROUPS;
    }

    static boolean isOfContacts() {
        return GROUPS.equals("contacts");
    }

    static boolean isShort() {
        return SHORT;
    }

    /** The group protocols, of which the short form takes one: they take turns by the day. */
    static List<String> protocols() {
        var both = List.of("consumer", "classic");
        return SHORT ? List.of(both.get((int) (Seeds.FIRST / 10 % 2))) : both;
    }

    /** The group protocols, each with whether the member in question joins first or second; the short form takes one. */
    static List<Arguments> members() {
        var all = Stream.of("consumer", "classic")
                .flatMap(protocol -> Stream.of("first", "second").map(joins -> Arguments.of(protocol, joins)))
                .toList();
        return SHORT ? List.of(all.get((int) (Seeds.FIRST / 10 % all.size()))) : all;
    }

    /** The value of a system property or, without it, that of the form. */
    static int count(String key, int full, int shortened) {
        return Integer.getInteger(key, SHORT ? shortened : full);
    }

    static Duration seconds(String key, int full, int shortened) {
        return Duration.ofSeconds(count(key, full, shortened));
    }
}
