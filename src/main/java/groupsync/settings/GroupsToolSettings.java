package groupsync.settings;

import java.util.List;

/** The settings of the tool for groups: the way to Zoom and the credentials. Others may be wrong or missing. */
public record GroupsToolSettings(ZoomSettings zoom, Settings.Retry retry, CredentialSettings credentials) {

    private static final List<String> OF_THE_SERVICE =
            List.of("kafka.", "topics.", "events.", "updates.", "management.", "consumer.", "dry-run");

    /**
     * Reads and checks these settings.
     *
     * @throws WrongSettingException if one of these settings is missing or wrong
     */
    public static GroupsToolSettings of(SettingSources sources) {
        var reader = new SettingReader(sources);
        var settings = new GroupsToolSettings(
                ZoomSettings.of(reader), Settings.Retry.of(reader), CredentialSettings.of(reader, true, ""));
        UnknownKeys.refuse(sources, OF_THE_SERVICE);
        return settings;
    }
}
