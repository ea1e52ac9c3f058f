package groupsync.kafka;

import static org.apache.kafka.clients.consumer.ConsumerConfig.FETCH_MAX_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_RECORDS_CONFIG;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * How much one poll may read, so that it fits into the heap whatever the records are.
 *
 * <p>A broker counts bytes as they are compressed: 500 records of 1 MB, which compress to nothing, are one small fetch,
 * and 500 MB once they are unpacked. The client unpacks what a poll returns, so the number of records bounds it. One
 * record that unpacks to more than the heap cannot be bounded here, but by its topic ({@code compression.type}).
 */
final class PollBounds {

    /** What a topic takes by default (max.message.bytes). */
    private static final long LARGE_RECORD = 1 << 20;

    private static final int HEAP_PARTS_UNPACKED = 8;
    /** One fetch waits for each broker while the next is under way. */
    private static final int HEAP_PARTS_FETCHED = 16;

    private PollBounds() {}

    /**
     * Lowers what is set, or what holds if nothing is, to what fits.
     *
     * @param heap in bytes
     */
    static void apply(Properties consumer, long heap) {
        lower(consumer, MAX_POLL_RECORDS_CONFIG, heap / HEAP_PARTS_UNPACKED / LARGE_RECORD);
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
