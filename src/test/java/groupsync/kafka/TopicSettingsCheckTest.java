package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.LogLines;
import groupsync.TestBroker;
import groupsync.Topics;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class TopicSettingsCheckTest {

    @Test
    void warnsOfTopicsThatShortenOrLoseRecords() throws Exception {
        try (var topics = new Topics(TestBroker.brokers());
                var log = new LogLines(TopicSettingsCheck.class);
                var admin = Admin.create(Map.of("bootstrap.servers", TestBroker.brokers()))) {
            topics.create(topics.updates, 1, Map.of("max.message.bytes", "10000"));
            topics.create(topics.outcomes, 1, Map.of("cleanup.policy", "compact,delete"));
            topics.create(topics.deadLetters, 1, Map.of("max.message.bytes", "10000"));

            new TopicSettingsCheck(topics.updates, topics.outcomes, topics.deadLetters).run(admin, 60_000);

            assertThat(log.all())
                    .containsExactly(
                            "WARN " + topics.deadLetters
                                    + ": max.message.bytes=10000 is too small for the dead letter of"
                                    + " the largest update, which is shortened then; set it to 26384 or more",
                            "WARN " + topics.outcomes
                                    + ": cleanup.policy=compact,delete removes all but the last record"
                                    + " of each key; set it to delete");
        }
    }
}
