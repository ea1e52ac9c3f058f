package groupsync.faults;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The size of the suite: {@code -Dfaults.form=short}, for every build, has each fault with fewer kills and seeds and
 * shorter outages; {@code full}, the default, is for figures.
 */
final class Form {

    private static final boolean SHORT = isShort(System.getProperty("faults.form", "full"));

    private Form() {}

    private static boolean isShort(String form) {
        if (!List.of("full", "short").contains(form)) {
            throw new IllegalArgumentException("faults.form: '" + form + "' is not one of full, short");
        }
        return form.equals("short");
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
