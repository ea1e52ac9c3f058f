package groupsync.deadletters;

import groupsync.deadletters.topic.KafkaCluster;
import groupsync.settings.DeadLetterToolSettings;
import groupsync.settings.SettingSources;
import java.util.Map;

/** Runs the dead-letter tool with the settings of the service. */
public final class DeadLetterTool {

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

    public static KafkaCluster cluster(SettingSources sources) {
        var settings = DeadLetterToolSettings.of(sources);
        var topics = settings.topics();
        return new KafkaCluster(
                settings.kafka().client(),
                settings.kafka().maxRequestSize(),
                topics.updates(),
                topics.outcomes(),
                topics.deadLetters());
    }
}
