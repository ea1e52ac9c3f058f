package groupsync;

import groupsync.deadletters.Cluster;
import groupsync.deadletters.DeadLettersCommand;
import java.util.List;
import java.util.Map;

/** Runs the dead-letter tool with the settings of the service. */
final class DeadLetterTool {

    /** Beginnings of keys that are no matter of the tool's: it does not read the files that they name. */
    private static final List<String> OF_THE_SERVICE =
            List.of("zoom.", "events.", "updates.", "management.", "consumer.", "dry-run");

    private DeadLetterTool() {}

    /** Runs it in this process, and gives the exit status. */
    static int run(String... arguments) {
        // Standard output is for the letters. Before the first logger is there.
        if (System.getProperty("log4j2.configurationFile") == null) {
            System.setProperty("log4j2.configurationFile", "classpath:log4j2-dead-letters.properties");
        }
        return DeadLettersCommand.run(DeadLetterTool::cluster, arguments);
    }

    private static Cluster cluster() {
        return cluster(SettingSources.ofProcess(Map.of()));
    }

    static Cluster cluster(SettingSources all) {
        // Nothing is sent to Zoom, so its credentials may be missing.
        var sources = all.without(OF_THE_SERVICE, Map.of("dry-run", "true"));
        var settings = new Settings(sources);
        var kafka = new KafkaSettings(sources);
        return new Cluster(
                kafka.client(settings.brokers),
                kafka.maxRequestSize(),
                settings.updates,
                settings.outcomes,
                settings.deadLetters);
    }
}
