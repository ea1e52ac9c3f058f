package groupsync.settings;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaComponentConfigurer;

/**
 * Passwords, users and paths among {@code camel.component.kafka.*}, and Kafka's own settings there. They mean just what they
 * say: Camel, which would read <code>{{key}}</code> and {@code #bean} in them, does not get to see them.
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

    /**
     * Sets them.
     *
     * @param options their keys and values
     * @throws WrongSettingException if the component has no such option; without the value, which may be a password
     */
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
