package groupsync.settings;

/**
 * How events are read and merged: {@code events.*}, {@code updates.*} and {@code dry-run}.
 *
 * @param groupNames an event may name its group instead of its id
 * @param merge waiting updates of one group become one request
 */
public record EventSettings(boolean nameRequired, boolean groupNames, boolean merge, boolean dryRun) {

    static EventSettings of(SettingReader reader) {
        return new EventSettings(
                reader.flag("events.name-required"),
                reader.flag("events.group-names"),
                reader.flag("updates.merge"),
                reader.flag("dry-run"));
    }
}
