package groupsync.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaComponentConfigurer;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings of Kafka clients beside the routes: the same brokers and the same security as those of Camel's Kafka
 * component.
 */
public final class KafkaClientSettings {

    private static final String PREFIX = "camel.component.kafka.";

    private final KafkaConfiguration kafka;

    private KafkaClientSettings(KafkaComponent component) {
        kafka = component.getConfiguration();
    }

    /** The settings of a running service. */
    public static KafkaClientSettings of(CamelContext context) {
        return new KafkaClientSettings(context.getComponent("kafka", KafkaComponent.class));
    }

    /**
     * The settings without a running service. Camel reads {@code camel.component.kafka.*} itself, in a context that is
     * never started, so that every key has the same meaning as in the service.
     *
     * @throws WrongSettingException if Camel refuses a key or a value
     */
    public static KafkaClientSettings of(SettingSources sources) {
        var context = new DefaultCamelContext(false);
        CamelSettings.preferCheckedValues(context);
        context.getPropertiesComponent().setInitialProperties(placeholders(sources));
        context.build();
        var component = new KafkaComponent(context);
        bind(component, sources.camel());
        LiteralKafkaOptions.set(component, sources.literalKafkaOptions());
        return new KafkaClientSettings(component);
    }

    private static Properties placeholders(SettingSources sources) {
        var placeholders = new Properties();
        for (var key : sources.keys()) {
            sources.value(key).ifPresent(value -> placeholders.setProperty(key, value));
        }
        return placeholders;
    }

    private static void bind(KafkaComponent component, Map<String, String> settings) {
        var options = new HashMap<String, Object>();
        settings.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                options.put(key.substring(PREFIX.length()), value);
            }
        });
        try {
            PropertyBindingSupport.build()
                    .withCamelContext(component.getCamelContext())
                    .withTarget(component)
                    .withProperties(options)
                    .withConfigurer(new KafkaComponentConfigurer())
                    .withIgnoreCase(true)
                    .withRemoveParameters(true)
                    .bind();
        } catch (PropertyBindingException e) {
            // Its message contains the value, which may be a password.
            throw new WrongSettingException(PREFIX + e.getPropertyName(), "cannot be what it is");
        }
        options.keySet().stream().findFirst().ifPresent(option -> {
            throw new WrongSettingException(PREFIX + option, "is no setting of Camel's Kafka component");
        });
    }

    /** The settings that all kinds of Kafka clients have in common. */
    public Map<String, Object> client() {
        var client = new HashMap<String, Object>();
        kafka.createConsumerProperties().forEach((key, value) -> {
            if (AdminClientConfig.configNames().contains(key.toString())) {
                client.put(key.toString(), value);
            }
        });
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getBrokers());
        client.remove(AdminClientConfig.CLIENT_ID_CONFIG);
        return client;
    }

    /** The largest record that the routes may publish, in bytes. */
    public int maxRequestSize() {
        var size = kafka.createProducerProperties().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        return Integer.parseInt(String.valueOf(size));
    }

    /**
     * Checks the settings, as far as that is possible without a broker.
     *
     * @throws WrongSettingException if Kafka's client refuses them
     */
    public void check() {
        try {
            var unused = new AdminClientConfig(client());
        } catch (ConfigException e) {
            throw new WrongSettingException("camel.component.kafka.*", String.valueOf(e.getMessage()));
        }
    }
}
