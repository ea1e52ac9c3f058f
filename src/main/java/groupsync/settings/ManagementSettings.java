package groupsync.settings;

/**
 * Where health and metrics are served, {@code management.*}.
 *
 * @param address a name or an address of this machine, not looked up yet
 * @param port 0: a free one
 */
public record ManagementSettings(String address, int port) {

    static ManagementSettings of(SettingReader reader) {
        return new ManagementSettings(reader.text("management.address"), reader.count("management.port", 0, 65_535));
    }
}
