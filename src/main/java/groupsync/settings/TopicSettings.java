package groupsync.settings;

import java.util.Set;
import java.util.regex.Pattern;

/** The topics of the service, {@code topics.*}: three different ones. */
public record TopicSettings(String updates, String outcomes, String deadLetters) {

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    static TopicSettings of(SettingReader reader) {
        var topics = new TopicSettings(
                topic(reader, "topics.updates"),
                topic(reader, "topics.outcomes"),
                topic(reader, "topics.dead-letters"));
        refuseSame("topics.outcomes", topics.outcomes, "topics.updates", topics.updates);
        refuseSame("topics.dead-letters", topics.deadLetters, "topics.updates", topics.updates);
        refuseSame("topics.dead-letters", topics.deadLetters, "topics.outcomes", topics.outcomes);
        return topics;
    }

    private static String topic(SettingReader reader, String key) {
        var topic = reader.text(key);
        if (!TOPIC.matcher(topic).matches() || Set.of(".", "..").contains(topic)) {
            throw WrongSettingException.notAllowed(
                    key, topic, "a topic's name: 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'");
        }
        return topic;
    }

    /** The service would read its own records. */
    private static void refuseSame(String key, String topic, String otherKey, String other) {
        if (topic.equals(other)) {
            throw WrongSettingException.notAllowed(key, topic, "a topic of its own: " + otherKey + " is the same");
        }
    }
}
