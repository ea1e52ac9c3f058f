package groupsync.settings;

import java.time.Duration;

/**
 * When a failed update is sent again, {@code zoom.retry.*}, and when a pause ends, {@code zoom.pause.*}.
 *
 * @param delay before the second attempt
 * @param maxDelay the longest delay between two attempts
 */
public record RetrySettings(int attempts, Duration delay, Duration maxDelay, Duration probeInterval) {

    static RetrySettings of(SettingReader reader) {
        return new RetrySettings(
                reader.count("zoom.retry.attempts", 1, 100),
                reader.duration("zoom.retry.delay", Duration.ofMillis(1), Duration.ofDays(1)),
                reader.duration("zoom.retry.max-delay", Duration.ofMillis(1), Duration.ofDays(1)),
                reader.duration("zoom.pause.probe-interval", Duration.ofMillis(100), Duration.ofDays(1)));
    }
}
