package groupsync.settings;

import java.util.List;
import java.util.Properties;

/**
 * All settings of the service, checked. {@code application.properties} describes each.
 *
 * @param forRoutes the settings that routes name as <code>{{key}}</code>, without secrets
 */
public record Settings(
        KafkaSettings kafka,
        TopicSettings topics,
        EventSettings events,
        ZoomSettings zoom,
        RetrySettings retry,
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
        var events = EventSettings.of(reader);
        var settings = new Settings(
                kafka,
                topics,
                events,
                ZoomSettings.of(reader),
                RetrySettings.of(reader),
                ManagementSettings.of(reader),
                CredentialSettings.of(reader, events),
                reader.forRoutes());
        UnknownKeys.refuse(sources, List.of());
        return settings;
    }
}
