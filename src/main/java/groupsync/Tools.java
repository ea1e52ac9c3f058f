package groupsync;

import groupsync.deadletters.DeadLetterTool;
import groupsync.deadletters.DeadLettersCommand;
import groupsync.groups.GroupsCommand;
import groupsync.settings.EventsToolSettings;
import groupsync.settings.GroupsToolSettings;
import groupsync.settings.SettingSources;
import groupsync.tool.Output;
import groupsync.tool.Program;
import groupsync.tool.Terminal;
import groupsync.trial.EventsCommand;
import groupsync.trial.Trial;
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
        var terminal = Terminal.ofProcess(charset);
        var output = new Output(new FileOutputStream(FileDescriptor.out));
        var deadLetters = new DeadLettersCommand(
                () -> DeadLetterTool.cluster(SettingSources.ofProcess(Map.of())),
                terminal,
                new BufferedReader(new InputStreamReader(System.in, charset)),
                Clock.systemUTC());
        var groups = new GroupsCommand(
                overrides -> GroupsToolSettings.of(SettingSources.ofProcess(overrides)),
                terminal,
                output,
                new SteadyClock());
        var events = new EventsCommand(
                overrides -> trial(SettingSources.ofProcess(overrides)),
                () -> DeadLetterTool.cluster(SettingSources.ofProcess(Map.of())),
                terminal,
                System.in,
                Clock.systemUTC());
        var program = Program.with(deadLetters.commandLine(), groups.commandLine(), events.commandLine());
        return Program.execute(program, output, charset, arguments);
    }

    /** Reads events as the service with these settings does. */
    static Trial trial(SettingSources sources) {
        var settings = EventsToolSettings.of(sources);
        var parts = EventParts.of(settings.events(), settings.zoom());
        return new Trial(settings.topics().updates(), parts.mapping(), parts.reader());
    }
}
