package groupsync.faults;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/** The seeds of the suite, which {@code -Dfaults.seed=…} repeats. */
final class Seeds {

    static final long FIRST = Optional.ofNullable(Long.getLong("faults.seed")).orElseGet(Seeds::chosen);

    /** The seeds of a scenario that runs with several. */
    static final List<Long> ALL =
            LongStream.range(FIRST, FIRST + (Form.isShort() ? 3 : 5)).boxed().toList();

    static {
        System.out.println("The faults are seeded with " + ALL + "; the same again: -Dfaults.seed=" + FIRST);
    }

    private Seeds() {}

    /** In the short form the same all day, so that a failed build and its repetition differ in nothing but the time. */
    private static long chosen() {
        return Form.isShort()
                ? Long.parseLong(LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE)) * 10
                : ThreadLocalRandom.current().nextLong(1_000_000);
    }
}
