package groupsync.deadletters;

import groupsync.deadletters.topic.KafkaCluster;
import groupsync.settings.DeadLetterToolSettings;
import groupsync.settings.SettingSources;

/** The dead-letter tool with the settings of the service. */
public final class DeadLetterTool {

    private DeadLetterTool() {}

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
