package groupsync.deadletters;

import groupsync.deadletters.print.Output;
import groupsync.deadletters.print.Terminal;
import groupsync.deadletters.print.TerminalText;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.PointInTime;
import groupsync.deadletters.topic.Range;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

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
public record DeadLettersCommand(Supplier<KafkaCluster> cluster, Terminal terminal, BufferedReader in, Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLettersCommand.class);

    /** Runs the tool in this process, and returns the exit status. */
    static int run(Supplier<KafkaCluster> cluster, String... arguments) {
        var charset =
                Charset.forName(System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8")));
        var in = new BufferedReader(new InputStreamReader(System.in, charset));
        var tool = new DeadLettersCommand(cluster, Terminal.ofProcess(charset), in, Clock.systemUTC());
        return execute(tool.commandLine(), new FileOutputStream(FileDescriptor.out), charset, arguments);
    }

    static int execute(CommandLine command, OutputStream to, Charset charset, String... arguments) {
        var output = new Output(to);
        // Flushes no single line: there may be a million.
        var out = new PrintWriter(new OutputStreamWriter(output, charset));
        var status = command.setOut(out).execute(arguments);
        out.flush();
        output.failure().ifPresent(failure -> printError("the output is not complete: " + failure, command));
        return status == LettersCommand.DONE && output.failure().isPresent() ? LettersCommand.FAILED : status;
    }

    /** The command line of the tool, with all commands. */
    public CommandLine commandLine() {
        return new CommandLine(new Program())
                .addSubcommand(this)
                .registerConverter(Instant.class, new PointInTime(clock))
                .registerConverter(Range.class, Range::parse)
                .setUsageHelpAutoWidth(true)
                // An event id may begin with @, which picocli would take for a file of arguments.
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler(DeadLettersCommand::failed);
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        LOG.debug("{}", arguments.originalArgs(), failure);
        printError(failure.getMessage() == null ? failure.toString() : failure.getMessage(), command);
        return LettersCommand.FAILED;
    }

    private static void printError(String message, CommandLine command) {
        command.getErr().println(TerminalText.printable(message));
        command.getErr().flush();
    }

    /** The program in the jar; its options and exit statuses are those of all commands. */
    @Command(
            name = "zoom-group-sync",
            description = "Without arguments, the service. With them:",
            scope = ScopeType.INHERIT,
            mixinStandardHelpOptions = true,
            versionProvider = Program.class,
            exitCodeListHeading = "%nExit status:%n",
            exitCodeList = {
                "0:done",
                "1:not done: Kafka, a setting, nothing found, not confirmed, interrupted",
                "2:wrong usage"
            })
    private static final class Program implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = DeadLettersCommand.class.getPackage().getImplementationVersion();
            return new String[] {version == null ? "not built as a jar" : version};
        }
    }
}
