package groupsync.settings;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigException;

/** How any client of ours connects: to the same brokers, and with the same security, as those of the routes. */
public final class KafkaConnection {

    private KafkaConnection() {}

    /** The settings of a client, as those of Camel's Kafka component say. */
    public static Map<String, Object> settings(CamelContext context) {
        var kafka = context.getComponent("kafka", KafkaComponent.class).getConfiguration();
        return settings(kafka, kafka.getBrokers());
    }

    public static Map<String, Object> settings(KafkaConfiguration kafka, String brokers) {
        var client = new HashMap<String, Object>();
        kafka.createConsumerProperties().forEach((key, value) -> {
            if (AdminClientConfig.configNames().contains(key.toString())) {
                client.put(key.toString(), value);
            }
        });
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        client.remove(AdminClientConfig.CLIENT_ID_CONFIG);
        return client;
    }

    /**
     * Looks over the settings, as far as that is possible without a broker.
     *
     * @throws WrongSettingException if Kafka's client would not take them
     */
    public static void check(CamelContext context) {
        try {
            var unused = new AdminClientConfig(settings(context));
        } catch (ConfigException e) {
            throw new WrongSettingException("camel.component.kafka.*", String.valueOf(e.getMessage()));
        }
    }
}
