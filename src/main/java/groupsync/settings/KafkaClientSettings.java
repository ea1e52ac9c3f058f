package groupsync.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaComponentConfigurer;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What {@code camel.component.kafka.*} says of how to connect, for clients beside the routes. Camel itself reads it, so
 * that it means the same to them; its context is made for that, and not started.
 */
public final class KafkaClientSettings {

    private static final String PREFIX = "camel.component.kafka.";

    private final KafkaConfiguration kafka;

    /** @throws WrongSettingException if Camel does not take one of these settings */
    public KafkaClientSettings(SettingSources sources) {
        var settings = sources.camel();
        // What Camel's keys may name as {{key}}.
        var named = new Properties();
        for (var key : sources.keys()) {
            sources.value(key).ifPresent(value -> named.setProperty(key, value));
        }
        var context = new DefaultCamelContext(false);
        context.getPropertiesComponent().setInitialProperties(named);
        context.build();
        var component = new KafkaComponent(context);
        var options = new HashMap<String, Object>();
        for (var key : settings.stringPropertyNames()) {
            if (key.startsWith(PREFIX)) {
                options.put(key.substring(PREFIX.length()), settings.getProperty(key));
            }
        }
        try {
            PropertyBindingSupport.build()
                    .withCamelContext(context)
                    .withTarget(component)
                    .withProperties(options)
                    .withConfigurer(new KafkaComponentConfigurer())
                    .withIgnoreCase(true)
                    .withRemoveParameters(true)
                    .bind();
        } catch (PropertyBindingException e) {
            // Its message has the value, which may be a password.
            throw new WrongSettingException(PREFIX + e.getPropertyName(), "cannot be what it is");
        }
        options.keySet().stream().findFirst().ifPresent(option -> {
            throw new WrongSettingException(PREFIX + option, "is no setting of Camel's Kafka component");
        });
        LiteralKafkaOptions.set(component, sources.literalKafkaOptions());
        kafka = component.getConfiguration();
    }

    /** The same security, and whatever else all clients of Kafka have in common. */
    public Map<String, Object> client(String brokers) {
        return KafkaConnection.settings(kafka, brokers);
    }

    /** How large a record the routes may publish. */
    public int maxRequestSize() {
        var size = kafka.createProducerProperties().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        return Integer.parseInt(String.valueOf(size));
    }
}
