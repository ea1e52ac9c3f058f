package groupsync.delivery;

import java.time.Instant;

/**
 * Why no updates are sent.
 *
 * @param part {@code zoom}, {@code kafka} or {@code service}
 * @param remedy an instruction for the operator
 * @param since the time of day at which the pause began
 * @param nextProbe the time of day of the next probe
 */
public record Pause(String part, String cause, String remedy, Instant since, Instant nextProbe) {}
