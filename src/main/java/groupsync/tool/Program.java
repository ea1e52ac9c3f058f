package groupsync.tool;

import groupsync.release.Version;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

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
            "1:not done: Kafka, Zoom, a setting, nothing found, not confirmed, interrupted",
            "2:wrong usage"
        })
public final class Program implements CommandLine.IVersionProvider {

    /** The exit status of a command that is done. */
    public static final int DONE = 0;
    /** The exit status of a command that could not be carried out. */
    public static final int FAILED = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);

    private Program() {}

    /** The command line of the program with these commands. */
    public static CommandLine with(CommandLine... commands) {
        var program = new CommandLine(new Program());
        for (var command : commands) {
            program.addSubcommand(command);
        }
        return program.setUsageHelpAutoWidth(true)
                // An event id may begin with @, which picocli would take for a file of arguments.
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler(Program::failed);
    }

    /** Runs the command that the arguments name, and returns the exit status. A failure is one line on standard error. */
    public static int execute(CommandLine program, Output output, Charset charset, String... arguments) {
        // Flushes no single line: there may be a million.
        var out = new PrintWriter(new OutputStreamWriter(output, charset));
        var status = program.setOut(out).execute(arguments);
        out.flush();
        output.failure().ifPresent(failure -> printError("the output is not complete: " + failure, program));
        return status == DONE && output.failure().isPresent() ? FAILED : status;
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        LOG.debug("{}", arguments.originalArgs(), failure);
        printError(failure.getMessage() == null ? failure.toString() : failure.getMessage(), command);
        return FAILED;
    }

    private static void printError(String message, CommandLine command) {
        command.getErr().println(TerminalText.printable(message));
        command.getErr().flush();
    }

    @Override
    public String[] getVersion() {
        return new String[] {"zoom-group-sync " + Version.CURRENT};
    }
}
