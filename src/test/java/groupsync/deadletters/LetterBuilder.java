package groupsync.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import groupsync.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A dead letter as the service writes it: by default for a taken name, of an event from 0@0 of the updates topic. */
final class LetterBuilder {

    private final String event;
    private final @Nullable String group;
    private final Topics topics;
    private final Consumer<ProducerRecord<byte[], byte[]>> producer;
    private final List<Header> ofEvent = new ArrayList<>();
    private final List<Header> more = new ArrayList<>();
    private String reason = "name-taken";
    private int partition;
    private long offset;
    private byte[] key;
    private byte @Nullable [] value;

    /** @param group {@code null} if the service does not know it */
    LetterBuilder(
            String event, @Nullable String group, Topics topics, Consumer<ProducerRecord<byte[], byte[]>> producer) {
        this.event = event;
        this.group = group;
        this.topics = topics;
        this.producer = producer;
        var name = group == null ? "a name" : group;
        key = name.getBytes(UTF_8);
        value = ("{\"eventId\":\"" + event + "\",\"groupId\":\"" + name + "\",\"name\":\"n\"}").getBytes(UTF_8);
    }

    LetterBuilder reason(String other) {
        reason = other;
        return this;
    }

    /** The position of the event in the updates topic. */
    LetterBuilder from(int partition, long offset) {
        this.partition = partition;
        this.offset = offset;
        return this;
    }

    LetterBuilder key(String text) {
        key = text.getBytes(UTF_8);
        return this;
    }

    LetterBuilder value(byte @Nullable [] bytes) {
        value = bytes;
        return this;
    }

    /** One more header of the letter. */
    LetterBuilder with(String name, String text) {
        return withHeader("dead-letter-" + name, text.getBytes(UTF_8));
    }

    LetterBuilder withHeader(String name, byte[] bytes) {
        more.add(new RecordHeader(name, bytes));
        return this;
    }

    /** A header that the event came with: it stands before those of the letter. */
    LetterBuilder withHeaderOfEvent(String name, String text) {
        ofEvent.add(new RecordHeader(name, text.getBytes(UTF_8)));
        return this;
    }

    ProducerRecord<byte[], byte[]> to(String topic) {
        var letter = new ProducerRecord<>(topic, null, key, value, ofEvent);
        add(letter, "reason", reason);
        add(letter, "message", "refused " + event);
        add(letter, "attempts", "1");
        add(letter, "failed-at", DeadLetterFixture.NOW.toString());
        add(letter, "event-id", event);
        add(letter, "source-topic", topics.updates);
        add(letter, "source-partition", String.valueOf(partition));
        add(letter, "source-offset", String.valueOf(offset));
        add(letter, "source-timestamp", "1795409100123");
        add(letter, "replays", "0");
        if (group != null) {
            add(letter, "group-id", group);
        }
        more.forEach(letter.headers()::add);
        return letter;
    }

    private static void add(ProducerRecord<byte[], byte[]> letter, String name, String text) {
        letter.headers().add("dead-letter-" + name, text.getBytes(UTF_8));
    }

    void send() {
        producer.accept(to(topics.deadLetters));
    }
}
