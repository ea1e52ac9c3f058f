package groupsync.deadletters.topic;

import groupsync.event.Reason;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The letters that a command is about: each option must hold, and of an option that is given several times any value. */
public final class Filter {

    @Option(
            names = "--reason",
            split = ",",
            paramLabel = "REASON",
            description = "Refused for one of these: ${COMPLETION-CANDIDATES}.")
    private final Set<Reason> reasons = new LinkedHashSet<>();

    @Option(names = "--group", paramLabel = "ID", description = "Of one of these groups.")
    private final Set<String> groups = new LinkedHashSet<>();

    @Option(names = "--event", paramLabel = "ID", description = "Of one of these events.")
    private final Set<String> events = new LinkedHashSet<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Refused then or later: 2026-11-23, 2026-11-23T04:45:00Z, or so long ago: 30m, 2h, 3d.")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", description = "Refused before then.")
    private @Nullable Instant until;

    @Option(
            names = "--partition",
            paramLabel = "RANGE",
            description = "In these partitions of the dead-letter topic: 2, 0-3, 2- or -3.")
    private Range partitions = Range.ALL;

    @Option(
            names = "--offset",
            paramLabel = "RANGE",
            description = "At these offsets of the dead-letter topic: 17, 100-199, 100- or -199.")
    private Range offsets = Range.ALL;

    /** Lets only the letter at this position through. */
    public void only(int partition, long offset) {
        partitions = new Range(partition, partition);
        offsets = new Range(offset, offset);
    }

    /** Lets only letters of this event through. */
    public void only(String event) {
        events.clear();
        events.add(event);
    }

    Range partitions() {
        return partitions;
    }

    Range offsets() {
        return offsets;
    }

    boolean matches(DeadLetter letter) {
        var refusedAt = letter.refusedAt();
        return isAnyOf(reasons, letter.reason())
                && isAnyOf(groups, letter.groupId())
                && isAnyOf(events, letter.eventId())
                && (since == null || !refusedAt.isBefore(since))
                && (until == null || refusedAt.isBefore(until))
                && partitions.contains(letter.position().partition())
                && offsets.contains(letter.position().offset());
    }

    private static boolean isAnyOf(Set<?> wanted, Optional<String> text) {
        return wanted.isEmpty()
                || text.filter(value -> wanted.stream().map(Object::toString).anyMatch(value::equals))
                        .isPresent();
    }
}
