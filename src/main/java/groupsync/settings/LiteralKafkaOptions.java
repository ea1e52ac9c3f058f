package groupsync.settings;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaComponentConfigurer;

/**
 * Options under {@code camel.component.kafka.*} that are set as they are: passwords, users, paths, and Kafka's own
 * settings. Camel must not read them, since it resolves <code>{{key}}</code> and {@code #bean} in values.
 */
final class LiteralKafkaOptions {

    private static final String PREFIX = "camel.component.kafka.";
    private static final Pattern LITERAL =
            Pattern.compile(Pattern.quote(PREFIX) + "(?i:.*(password|secret|jaas-?config|username|location))");
    private static final Pattern KAFKAS_OWN =
            Pattern.compile(Pattern.quote(PREFIX) + "(?i:additional-?properties)[.\\[](.+?)]?");

    private LiteralKafkaOptions() {}

    static boolean has(String key) {
        return LITERAL.matcher(key).matches() || KAFKAS_OWN.matcher(key).matches();
    }

    /** @throws WrongSettingException if the component has no such option; without the value, which may be a password */
    static void set(KafkaComponent kafka, Map<String, String> options) {
        var configurer = new KafkaComponentConfigurer();
        options.forEach((key, value) -> {
            var kafkasOwn = KAFKAS_OWN.matcher(key);
            if (kafkasOwn.matches()) {
                kafka.getConfiguration().getAdditionalProperties().put(kafkasOwn.group(1), value);
                return;
            }
            var option = key.substring(PREFIX.length()).replace("-", "");
            if (!configurer.configure(kafka.getCamelContext(), kafka, option, value, true)) {
                throw new WrongSettingException(key, "is no setting of Camel's Kafka component");
            }
        });
    }
}
