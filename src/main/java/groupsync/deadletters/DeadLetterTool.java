package groupsync.deadletters;

import groupsync.deadletters.topic.KafkaCluster;
import groupsync.settings.DeadLetterToolSettings;
import groupsync.settings.SettingSources;
import java.util.Map;

/** Runs the dead-letter tool with the settings of the service. */
public final class DeadLetterTool {

    private DeadLetterTool() {}

    /** Runs the tool in this process, and returns the exit status. */
    public static int run(String... arguments) {
        // Keeps the log off standard output, which is for letters. The first logger reads this property.
        if (System.getProperty("log4j2.configurationFile") == null) {
            System.setProperty("log4j2.configurationFile", "classpath:log4j2-dead-letters.properties");
        }
        return DeadLettersCommand.run(() -> cluster(SettingSources.ofProcess(Map.of())), arguments);
    }

    /** The cluster that the settings name. */
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
