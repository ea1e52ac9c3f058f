package groupsync.trial;

import groupsync.deadletters.topic.KafkaCluster;
import groupsync.tool.Terminal;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The tool for events. It runs whether or not the service does.
 *
 * @param trial of the settings, with these that win over all others; called only by a command that needs them
 * @param cluster called only if records of a topic are wanted
 * @param in standard input
 */
@Command(
        name = "events",
        description = {
            "Tries events, and sends nothing.",
            "It takes events.*, topics.* and zoom.* from where the service takes them, and needs no credentials for Zoom.",
        },
        subcommands = TryCommand.class)
public record EventsCommand(
        Function<Map<String, String>, Trial> trial,
        Supplier<KafkaCluster> cluster,
        Terminal terminal,
        InputStream in,
        Clock timeOfDay) {

    /** The command with its own commands. */
    public CommandLine commandLine() {
        return new CommandLine(this);
    }
}
