package groupsync.deadletters;

import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.PointInTime;
import groupsync.deadletters.topic.Range;
import groupsync.tool.Terminal;
import java.io.BufferedReader;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The tool for dead letters. It runs whether or not the service does.
 *
 * @param cluster called only by a command that needs it, so that help needs no settings
 * @param in the answers of the operator
 */
@Command(
        name = "dead-letters",
        description = {
            "Lists, shows, counts and replays the events that the service refused.",
            "It takes kafka.brokers, topics.* and camel.component.kafka.* from where the service takes them.",
        },
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            StatsCommand.class,
            ReplayCommand.class,
            GenerateCompletion.class
        })
public record DeadLettersCommand(
        Supplier<KafkaCluster> cluster, Terminal terminal, BufferedReader in, Clock timeOfDay) {

    /** The command with its own commands. */
    public CommandLine commandLine() {
        return new CommandLine(this)
                .registerConverter(Instant.class, new PointInTime(timeOfDay))
                .registerConverter(Range.class, Range::parse);
    }
}
