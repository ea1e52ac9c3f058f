package groupsync.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import groupsync.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** The events of one scenario, in topics of their own, and the progress of consumer groups. */
final class Events implements AutoCloseable {

    private final Topics topics;
    private final Map<String, String> lastNames = new HashMap<>();
    private final boolean debezium;
    private int sent;

    /** @param debezium whether they are records of Debezium */
    Events(Broker broker, int partitions, boolean debezium) {
        this.debezium = debezium;
        topics = new Topics(broker.address());
        topics.createAll(partitions);
        // Latency begins at the broker's own time.
        topics.configure(topics.updates, "message.timestamp.type", "LogAppendTime");
    }

    /** The settings of a system that reads them. */
    Map<String, String> settings() {
        return topics.settings();
    }

    /** Sends so many events, over the groups in turn, and waits until the broker has them. */
    void send(int count, int groups) {
        for (var i = 0; i < count; i++) {
            send("group-" + sent % groups);
        }
        topics.flush();
    }

    /** Sends so many events, each of a group of its own, all of them to the first partition. */
    void sendToOnePartition(int count, int partitions) {
        IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> "group-" + number)
                .filter(group -> BuiltInPartitioner.partitionForKey(group.getBytes(UTF_8), partitions) == 0)
                .limit(count)
                .forEach(this::send);
        topics.flush();
    }

    /** Sends one event for this group. */
    void send(String group) {
        var name = "Change " + sent;
        lastNames.put(group, name);
        topics.sendAsync(group, debezium ? record(group, name) : update(group, name));
        sent++;
    }

    private String update(String group, String name) {
        return "{\"eventId\":\"e-" + sent + "\",\"groupId\":\"" + group + "\",\"name\":\"" + name
                + "\",\"type\":\"restricted\",\"search_by_domain\":false}";
    }

    private String record(String group, String name) {
        var row = "{\"id\":" + sent + ",\"zoom_id\":\"" + group
                + "\",\"type\":\"restricted\",\"head_count\":5,\"name\":\"";
        return "{\"before\":" + row + "Before\"},\"after\":" + row + name
                + "\"},\"source\":{\"version\":\"3.3.1.Final\","
                + "\"connector\":\"postgresql\",\"name\":\"hr\",\"ts_ms\":1795409100000,\"snapshot\":\"false\","
                + "\"db\":\"hr\",\"schema\":\"public\",\"table\":\"hr_group\",\"txId\":571,\"lsn\":24023128},"
                + "\"transaction\":null,\"op\":\"u\",\"ts_ms\":1795409100123}";
    }

    int sent() {
        return sent;
    }

    /** The name of each group once all events are applied. */
    Map<String, String> lastNames() {
        return lastNames;
    }

    /** The broker's time of the last event of each group, in milliseconds. */
    Map<String, Long> appended() {
        return topics.records(topics.updates, count -> count >= sent, Duration.ofSeconds(30)).stream()
                .collect(Collectors.toMap(
                        event -> new String(event.key(), UTF_8), event -> event.timestamp(), Math::max));
    }

    /** Whether that consumer group has committed all events. */
    boolean areCommitted(String consumerGroup) {
        return topics.lag(consumerGroup) == 0;
    }

    /** The number of outcomes of all systems so far. */
    long outcomes() {
        return topics.end(topics.outcomes);
    }

    /** The number of members of that consumer group with partitions. */
    long members(String consumerGroup) {
        return topics.membersAtWork(consumerGroup);
    }

    @Override
    public void close() {
        topics.close();
    }
}
