package groupsync.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time without a heartbeat after which Kafka removes a member from the consumer group. */
final class GroupSession {

    private static final Logger LOG = LoggerFactory.getLogger(GroupSession.class);

    /** The default of brokers and clients. */
    static final Duration USUAL = Duration.ofSeconds(45);

    private static final String KEY = "consumer.session.timeout.ms";
    private static final int TIMEOUT_MILLIS = 4_000;

    private GroupSession() {}

    /**
     * The broker's setting of the group, or the client's own in the classic protocol.
     *
     * @param consumer the settings of a member
     */
    static Duration timeout(Properties consumer) {
        if (!GroupProtocol.CONSUMER
                .name()
                .equalsIgnoreCase(consumer.getProperty(ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
            var set = consumer.get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
            return set == null ? USUAL : Duration.ofMillis(Long.parseLong(set.toString()));
        }
        var group = new ConfigResource(ConfigResource.Type.GROUP, consumer.getProperty(ConsumerConfig.GROUP_ID_CONFIG));
        try {
            var admin = Admin.create(client(consumer));
            try {
                var options = new DescribeConfigsOptions().timeoutMs(TIMEOUT_MILLIS);
                // The result has one group.
                var session = admin.describeConfigs(List.of(group), options)
                        .all()
                        .get()
                        .values()
                        .iterator()
                        .next()
                        .get(KEY);
                return session == null ? USUAL : Duration.ofMillis(Long.parseLong(session.value()));
            } finally {
                admin.close(Duration.ZERO);
            }
        } catch (ExecutionException | KafkaException e) {
            LOG.info(
                    "Kafka's session time-out is assumed to be {}; it cannot be looked up without the right to DescribeConfigs"
                            + " of the group: {}",
                    USUAL,
                    ConsumerHealth.cause(e));
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /** The settings to connect like the member. */
    private static Map<String, Object> client(Properties consumer) {
        var client = new HashMap<String, Object>();
        consumer.forEach((key, value) -> {
            if (AdminClientConfig.configNames().contains(key.toString())) {
                client.put(key.toString(), value);
            }
        });
        client.remove(AdminClientConfig.CLIENT_ID_CONFIG);
        // The OpenTelemetry agent adds a reporter, whose own settings no admin client has.
        client.remove(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG);
        return client;
    }
}
