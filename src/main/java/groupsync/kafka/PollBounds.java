package groupsync.kafka;

import static org.apache.kafka.clients.consumer.ConsumerConfig.FETCH_MAX_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_RECORDS_CONFIG;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Bounds of one poll, so that its records fit into the heap.
 *
 * <p>A broker counts compressed bytes: 500 records of 1 MB that compress to nothing are one small fetch, and 500 MB in
 * memory. The client decompresses the records that a poll returns, so their number is the bound. Only the topic can bound
 * a single record that decompresses to more than the heap ({@code compression.type}).
 */
final class PollBounds {

    /** In bytes: the default of a topic (max.message.bytes). */
    private static final long LARGE_RECORD = 1 << 20;

    private static final int HEAP_PARTS_DECOMPRESSED = 8;
    /** For each broker, one fetch waits while the next is in flight. */
    private static final int HEAP_PARTS_FETCHED = 16;

    private PollBounds() {}

    /**
     * Lowers each setting or its default to the part of the heap that it may take.
     *
     * @param heap in bytes
     */
    static void apply(Properties consumer, long heap) {
        lower(consumer, MAX_POLL_RECORDS_CONFIG, heap / HEAP_PARTS_DECOMPRESSED / LARGE_RECORD);
        lower(consumer, FETCH_MAX_BYTES_CONFIG, heap / HEAP_PARTS_FETCHED);
        lower(consumer, MAX_PARTITION_FETCH_BYTES_CONFIG, heap / HEAP_PARTS_FETCHED);
    }

    private static void lower(Properties consumer, String key, long most) {
        var set = consumer.get(key);
        if (set == null) {
            set = ConsumerConfig.configDef().defaultValues().get(key);
        }
        consumer.put(key, (int) Math.max(1, Math.min(Long.parseLong(String.valueOf(set)), most)));
    }
}
