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

/** The tool for dead letters, beside the service and without it. */
@Command(
        name = "dead-letters",
        description = {
            "Lists, shows, counts and replays the events that the service refused.",
            "It takes kafka.brokers, topics.* and camel.component.kafka.* from where the service takes them.",
        })
public final class DeadLettersCommand {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLettersCommand.class);

    private DeadLettersCommand() {}

    /**
     * Runs the tool in this process.
     *
     * @param cluster asked for only when a command needs it
     * @return the exit status
     */
    public static int run(Supplier<KafkaCluster> cluster, String... arguments) {
        var charset =
                Charset.forName(System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8")));
        var in = new BufferedReader(new InputStreamReader(System.in, charset));
        var tool = new ToolContext(cluster, Terminal.ofProcess(charset), in, Clock.systemUTC());
        return execute(commandLine(tool), new FileOutputStream(FileDescriptor.out), charset, arguments);
    }

    static int execute(CommandLine command, OutputStream to, Charset charset, String... arguments) {
        var output = new Output(to);
        // Without a flush after each line: there may be a million of them.
        var out = new PrintWriter(new OutputStreamWriter(output, charset));
        var status = command.setOut(out).execute(arguments);
        out.flush();
        output.lost().ifPresent(why -> {
            command.getErr().println("the output is not complete: " + TerminalText.printable(why));
            command.getErr().flush();
        });
        return status == LettersCommand.DONE && output.lost().isPresent() ? LettersCommand.FAILED : status;
    }

    public static CommandLine commandLine(ToolContext tool) {
        var letters = new CommandLine(new DeadLettersCommand())
                .addSubcommand(new ListCommand(tool))
                .addSubcommand(new ShowCommand(tool))
                .addSubcommand(new StatsCommand(tool))
                .addSubcommand(new ReplayCommand(tool))
                .addSubcommand(new GenerateCompletion());
        return new CommandLine(new Program())
                .addSubcommand(letters)
                .registerConverter(Instant.class, new PointInTime(tool.clock()))
                .registerConverter(Range.class, Range::parse)
                .setUsageHelpAutoWidth(true)
                // The id of an event may begin with an @.
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler(DeadLettersCommand::failed);
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        LOG.debug("{}", arguments.originalArgs(), failure);
        command.getErr()
                .println(TerminalText.printable(
                        failure.getMessage() == null ? failure.toString() : failure.getMessage()));
        command.getErr().flush();
        return LettersCommand.FAILED;
    }

    /** The jar; what is said of it here holds for all commands. */
    @Command(
            name = "zoom-group-sync",
            description = "Without arguments, the service. With them:",
            scope = ScopeType.INHERIT,
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            exitCodeListHeading = "%nExit status:%n",
            exitCodeList = {
                "0:done",
                "1:not done: Kafka, a setting, nothing found, not confirmed, interrupted",
                "2:wrong usage"
            })
    private static final class Program {}

    private static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = DeadLettersCommand.class.getPackage().getImplementationVersion();
            return new String[] {version == null ? "not built as a jar" : version};
        }
    }
}
