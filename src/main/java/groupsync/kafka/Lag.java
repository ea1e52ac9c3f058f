package groupsync.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of updates behind a position, from the offsets that the brokers report. The lag of Kafka's consumer does not
 * change while the consumer is paused.
 */
public final class Lag {

    private static final Logger LOG = LoggerFactory.getLogger(Lag.class);

    private final OpenTransactions transactions;
    private volatile Map<TopicPartition, Span> spans = Map.of();

    /** The first offset that is still there, and the offset of the next record. */
    private record Span(long begin, long end) {}

    /** @param transactions takes the offsets that readers of committed records reach */
    public Lag(OpenTransactions transactions) {
        this.transactions = transactions;
    }

    /** @param timeoutMillis of each request */
    void measure(Admin admin, TopicDescription topic, int timeoutMillis) throws InterruptedException {
        var partitions = topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
        // Updates behind an open transaction count: they cannot be read yet, but they wait.
        var uncommitted = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(timeoutMillis);
        var committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(timeoutMillis);
        var begins = offsets(admin, partitions, OffsetSpec.earliest(), uncommitted);
        var stables = offsets(admin, partitions, OffsetSpec.latest(), committed);
        var ends = offsets(admin, partitions, OffsetSpec.latest(), uncommitted);
        try {
            var measured = new HashMap<TopicPartition, Span>();
            for (var partition : partitions) {
                var end = ends.partitionResult(partition).get().offset();
                var begin = begins.partitionResult(partition).get().offset();
                measured.put(partition, new Span(begin, end));
                transactions.measured(
                        partition, stables.partitionResult(partition).get().offset(), end);
            }
            spans = Map.copyOf(measured);
        } catch (ExecutionException e) {
            LOG.debug("the lag is not known, the last one still holds", e);
        }
    }

    private static ListOffsetsResult offsets(
            Admin admin, Collection<TopicPartition> partitions, OffsetSpec spec, ListOffsetsOptions options) {
        return admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec)), options);
    }

    /**
     * The updates behind these positions at the last measurement; empty before the first.
     *
     * @param positions of each partition that counts, the offset of the first unread update, or a negative number
     */
    public OptionalLong behind(Map<TopicPartition, Long> positions) {
        var known = spans;
        if (known.isEmpty()) {
            return OptionalLong.empty();
        }
        var behind = 0L;
        for (var position : positions.entrySet()) {
            var span = known.get(position.getKey());
            if (span != null) {
                behind += Math.max(0, span.end() - Math.max(span.begin(), position.getValue()));
            }
        }
        return OptionalLong.of(behind);
    }
}
