package groupsync.kafka;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of topic settings that lose or shorten records. Otherwise the first such record would show it.
 *
 * @param updates name of a topic, like the other two
 */
record TopicSettingsCheck(String updates, String outcomes, String deadLetters) {

    private static final Logger LOG = LoggerFactory.getLogger(TopicSettingsCheck.class);

    /** In bytes; larger than the headers of any dead letter. */
    private static final long HEADERS = 16_384;
    /** In bytes. Only an absurd trace state or tracking id makes an outcome larger. */
    private static final long LARGEST_OUTCOME = 16_384;

    /** @param timeoutMillis of the request */
    void run(Admin admin, int timeoutMillis) throws InterruptedException {
        try {
            var settings = settings(admin, timeoutMillis);
            var largestUpdate = largestMessage(settings, updates);
            checkSize(settings, deadLetters, "the dead letter of the largest update", largestUpdate + HEADERS);
            checkSize(settings, outcomes, "the largest outcome", LARGEST_OUTCOME);
            settings.keySet().forEach(topic -> checkCleanup(settings, topic));
        } catch (ExecutionException e) {
            LOG.info(
                    "{} or {} may be too small or compacted, which cannot be looked up without the right to"
                            + " DescribeConfigs of them and of {}: {}",
                    deadLetters,
                    outcomes,
                    updates,
                    String.valueOf(e.getCause()));
        }
    }

    private Map<String, Config> settings(Admin admin, int timeoutMillis)
            throws ExecutionException, InterruptedException {
        var topics = List.of(
                new ConfigResource(ConfigResource.Type.TOPIC, updates),
                new ConfigResource(ConfigResource.Type.TOPIC, outcomes),
                new ConfigResource(ConfigResource.Type.TOPIC, deadLetters));
        var described = admin.describeConfigs(topics, new DescribeConfigsOptions().timeoutMs(timeoutMillis))
                .all()
                .get();
        return described.entrySet().stream()
                .collect(Collectors.toMap(topic -> topic.getKey().name(), Map.Entry::getValue));
    }

    private static void checkSize(Map<String, Config> settings, String topic, String record, long size) {
        var largest = largestMessage(settings, topic);
        if (largest < size) {
            LOG.warn(
                    "{}: max.message.bytes={} is too small for {}, which is shortened then; set it to {} or more",
                    topic,
                    largest,
                    record,
                    size);
        }
    }

    private static void checkCleanup(Map<String, Config> settings, String topic) {
        var policy = setting(settings, topic, TopicConfig.CLEANUP_POLICY_CONFIG);
        if (policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            LOG.warn(
                    "{}: cleanup.policy={} removes all but the last record of each key; set it to delete",
                    topic,
                    policy);
        }
    }

    private static long largestMessage(Map<String, Config> settings, String topic) {
        return Long.parseLong(setting(settings, topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
    }

    private static String setting(Map<String, Config> settings, String topic, String name) {
        return Objects.requireNonNull(settings.get(topic), topic).get(name).value();
    }
}
