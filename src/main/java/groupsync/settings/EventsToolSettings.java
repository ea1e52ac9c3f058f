package groupsync.settings;

import java.util.List;

/** The settings of the tool for events: those that decide about an event. Others may be wrong or missing. */
public record EventsToolSettings(TopicSettings topics, Settings.Events events, ZoomSettings zoom) {

    private static final List<String> OF_THE_SERVICE = List.of("kafka.", "updates.", "management.", "consumer.");

    /**
     * Reads and checks these settings.
     *
     * @throws WrongSettingException if one of these settings is missing or wrong
     */
    public static EventsToolSettings of(SettingSources sources) {
        var reader = new SettingReader(sources);
        var zoom = ZoomSettings.of(reader);
        var settings = new EventsToolSettings(TopicSettings.of(reader), Settings.Events.of(reader, zoom), zoom);
        UnknownKeys.refuse(sources, OF_THE_SERVICE);
        return settings;
    }
}
