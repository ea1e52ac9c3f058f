package groupsync.groups;

import groupsync.settings.GroupsToolSettings;
import groupsync.tool.Terminal;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The tool for groups. It runs whether or not the service does.
 *
 * @param settings gives the settings with these that win over all others; called only by a command that needs them
 * @param out standard output as bytes: CSV is UTF-8, whatever the terminal is
 * @param steady a clock that is never set
 */
@Command(
        name = "groups",
        description = {
            "Lists the groups of the Zoom account, and changes nothing.",
            "It takes zoom.* from where the service takes them.",
        },
        subcommands = ListGroupsCommand.class)
public record GroupsCommand(
        Function<Map<String, String>, GroupsToolSettings> settings, Terminal terminal, OutputStream out, Clock steady) {

    /** The command with its own commands. */
    public CommandLine commandLine() {
        return new CommandLine(this);
    }
}
