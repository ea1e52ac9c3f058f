package groupsync.settings;

import groupsync.zoom.DryRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * All settings of the service, checked. {@code application.properties} describes each.
 *
 * @param forRoutes the settings that routes name as <code>{{key}}</code>, without secrets
 */
public record Settings(
        KafkaSettings kafka,
        TopicSettings topics,
        Events events,
        ZoomSettings zoom,
        Retry retry,
        ManagementSettings management,
        CredentialSettings credentials,
        Properties forRoutes) {

    /**
     * Reads and checks all settings.
     *
     * @throws WrongSettingException if a setting is missing or wrong
     */
    public static Settings of(SettingSources sources) {
        var reader = new SettingReader(sources);
        var kafka = KafkaSettings.of(reader);
        var topics = TopicSettings.of(reader);
        var zoom = ZoomSettings.of(reader);
        var events = Events.of(reader, zoom);
        var settings = new Settings(
                kafka,
                topics,
                events,
                zoom,
                Retry.of(reader),
                ManagementSettings.of(reader),
                CredentialSettings.of(reader, events),
                reader.forRoutes());
        UnknownKeys.refuse(sources, List.of());
        // Afterwards: the key of the group may be mistyped.
        if (events.dryRun() != DryRun.FALSE) {
            reader.requireOwn("consumer.group", "zoom-group-sync-dry-run", "dry-run");
        }
        return settings;
    }

    /**
     * How events are read and merged: {@code events.*}, {@code updates.*} and {@code dry-run}.
     *
     * @param groupNames an event may name its group instead of its id
     * @param mapping a file with a jq filter
     * @param ignoredOutcomes whether a record that is no update of a group has an outcome
     * @param merge waiting updates of one group become one request
     */
    public record Events(
            boolean nameRequired,
            boolean groupNames,
            Optional<Path> mapping,
            boolean ignoredOutcomes,
            boolean merge,
            DryRun dryRun) {

        static Events of(SettingReader reader, ZoomSettings zoom) {
            var dryRun = DryRun.valueOf(
                    reader.oneOf("dry-run", "false", "true", "compare").toUpperCase(Locale.ROOT));
            reader.forRoutes("updates.route", dryRun == DryRun.COMPARE ? "compare-zoom-group" : "patch-zoom-group");
            return new Events(
                    reader.flag("events.name-required", zoom.groups().needsName()),
                    reader.flag("events.group-names"),
                    reader.value("events.mapping").map(Path::of),
                    reader.flag("events.ignored-outcomes"),
                    reader.flag("updates.merge"),
                    dryRun);
        }
    }

    /**
     * When a failed update is sent again, {@code zoom.retry.*}, and when a pause ends, {@code zoom.pause.*}.
     *
     * @param delay before the second attempt
     * @param maxDelay the longest delay between two attempts
     */
    public record Retry(int attempts, Duration delay, Duration maxDelay, Duration probeInterval) {

        static Retry of(SettingReader reader) {
            return new Retry(
                    reader.count("zoom.retry.attempts", 1, 100),
                    reader.duration("zoom.retry.delay", Duration.ofMillis(1), Duration.ofDays(1)),
                    reader.duration("zoom.retry.max-delay", Duration.ofMillis(1), Duration.ofDays(1)),
                    reader.duration("zoom.pause.probe-interval", Duration.ofMillis(100), Duration.ofDays(1)));
        }
    }
}
