package groupsync.deadletters;

import groupsync.deadletters.print.Terminal;
import groupsync.deadletters.topic.KafkaCluster;
import java.io.BufferedReader;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * The surroundings of a command.
 *
 * @param cluster called only by a command that needs it, so that help needs no settings
 * @param in the answers of the operator
 */
public record ToolContext(Supplier<KafkaCluster> cluster, Terminal terminal, BufferedReader in, Clock clock) {}
