package groupsync.faults;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The chance in the suite, which {@code -Dfaults.seed=…} repeats. */
final class Seeds {

    static final long FIRST = Optional.ofNullable(Long.getLong("faults.seed"))
            .orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000));

    static {
        System.out.println("The faults are seeded; the same again: -Dfaults.seed=" + FIRST);
    }

    private Seeds() {}
}
