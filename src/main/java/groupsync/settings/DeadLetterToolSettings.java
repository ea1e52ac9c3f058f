package groupsync.settings;

import java.util.List;

/** The settings of the dead-letter tool: Kafka and the topics. Settings of the service only may be wrong or missing. */
public record DeadLetterToolSettings(TopicSettings topics, KafkaClientSettings kafka) {

    private static final List<String> OF_THE_SERVICE =
            List.of("zoom.", "events.", "updates.", "management.", "consumer.", "dry-run");

    /**
     * Reads and checks these settings.
     *
     * @throws WrongSettingException if one of these settings is missing or wrong
     */
    public static DeadLetterToolSettings of(SettingSources sources) {
        var reader = new SettingReader(sources);
        KafkaSettings.checkBrokers(reader);
        var topics = TopicSettings.of(reader);
        UnknownKeys.refuse(sources, OF_THE_SERVICE);
        return new DeadLetterToolSettings(topics, KafkaClientSettings.of(sources));
    }
}
