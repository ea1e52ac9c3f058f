package groupsync;

import groupsync.deadletters.DeadLetterTool;
import groupsync.deadletters.DeadLettersCommand;
import groupsync.settings.SettingSources;
import groupsync.tool.Output;
import groupsync.tool.Program;
import groupsync.tool.Terminal;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.Map;

/** The tools in the jar of the service. */
final class Tools {

    private Tools() {}

    /** Runs a tool in this process with the settings of the service, and returns the exit status. */
    static int run(String... arguments) {
        // Keeps the log off standard output, which is for results. The first logger reads this property.
        if (System.getProperty("log4j2.configurationFile") == null) {
            System.setProperty("log4j2.configurationFile", "classpath:log4j2-tools.properties");
        }
        var charset =
                Charset.forName(System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8")));
        var output = new Output(new FileOutputStream(FileDescriptor.out));
        var deadLetters = new DeadLettersCommand(
                () -> DeadLetterTool.cluster(SettingSources.ofProcess(Map.of())),
                Terminal.ofProcess(charset),
                new BufferedReader(new InputStreamReader(System.in, charset)),
                Clock.systemUTC());
        return Program.execute(Program.with(deadLetters.commandLine()), output, charset, arguments);
    }
}
