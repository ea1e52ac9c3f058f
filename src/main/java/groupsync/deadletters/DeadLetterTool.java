package groupsync.deadletters;

import groupsync.deadletters.topic.KafkaCluster;
import groupsync.settings.KafkaClientSettings;
import groupsync.settings.SettingSources;
import groupsync.settings.Settings;
import java.util.List;
import java.util.Map;

/** Runs the dead-letter tool with the settings of the service. */
public final class DeadLetterTool {

    /** Beginnings of keys that are no matter of the tool's: it does not read the files that they name. */
    private static final List<String> OF_THE_SERVICE =
            List.of("zoom.", "events.", "updates.", "management.", "consumer.", "dry-run");

    private DeadLetterTool() {}

    /** Runs it in this process, and gives the exit status. */
    public static int run(String... arguments) {
        // Standard output is for the letters. Before the first logger is there.
        if (System.getProperty("log4j2.configurationFile") == null) {
            System.setProperty("log4j2.configurationFile", "classpath:log4j2-dead-letters.properties");
        }
        return DeadLettersCommand.run(DeadLetterTool::cluster, arguments);
    }

    private static KafkaCluster cluster() {
        return cluster(SettingSources.ofProcess(Map.of()));
    }

    public static KafkaCluster cluster(SettingSources all) {
        // Nothing is sent to Zoom, so its credentials may be missing.
        var sources = all.without(OF_THE_SERVICE, Map.of("dry-run", "true"));
        var settings = Settings.of(sources);
        var kafka = KafkaClientSettings.of(sources);
        return new KafkaCluster(
                kafka.client(),
                kafka.maxRequestSize(),
                settings.topics().updates(),
                settings.topics().outcomes(),
                settings.topics().deadLetters());
    }
}
