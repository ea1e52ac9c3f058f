package groupsync.settings;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keys {@code kafka.*} and {@code consumer.*}.
 *
 * @param batchSize the most events that are read and not yet done
 */
public record KafkaSettings(String consumerGroup, int batchSize) {

    private static final Pattern BROKER = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+]):([0-9]{1,5})");

    static KafkaSettings of(SettingReader reader) {
        checkBrokers(reader);
        var consumerGroup = reader.text("consumer.group");
        reader.oneOf("consumer.group-protocol", "consumer", "classic");
        return new KafkaSettings(consumerGroup, reader.count("consumer.batch-size", 1, 100_000));
    }

    /** The names are not looked up: a name that is unknown at the start may be known later. */
    static void checkBrokers(SettingReader reader) {
        var brokers = reader.text("kafka.brokers");
        if (!Stream.of(brokers.split(",", -1)).map(String::strip).allMatch(KafkaSettings::isBroker)) {
            throw WrongSettingException.notAllowed(
                    "kafka.brokers", Addresses.shown(brokers), "host:port, several with commas, ports from 1 to 65535");
        }
    }

    private static boolean isBroker(String text) {
        var broker = BROKER.matcher(text);
        return broker.matches() && Addresses.isPort(Integer.parseInt(broker.group(2)));
    }
}
