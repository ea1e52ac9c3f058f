package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PollBoundsTest {

    private static final String RECORDS = "max.poll.records";
    private static final String BYTES = "fetch.max.bytes";
    private static final String PARTITION_BYTES = "max.partition.fetch.bytes";
    private static final int MEGABYTE = 1 << 20;
    private final Properties consumer = new Properties();

    @Test
    void readsNoMoreLargeRecordsThanAnEighthOfTheHeapHolds() {
        PollBounds.apply(consumer, 128 * MEGABYTE);

        assertThat(consumer).isEqualTo(Map.of(RECORDS, 16, BYTES, 8 * MEGABYTE, PARTITION_BYTES, MEGABYTE));
    }

    @Test
    void keepsSettingsThatFitIntoTheHeap() {
        consumer.put(RECORDS, "100");
        consumer.put(BYTES, 1_000);
        consumer.put(PARTITION_BYTES, "500");

        PollBounds.apply(consumer, 64 * 1024L * MEGABYTE);

        assertThat(consumer).isEqualTo(Map.of(RECORDS, 100, BYTES, 1_000, PARTITION_BYTES, 500));
    }

    @Test
    void lowersSettingsThatDoNotFitIntoTheHeap() {
        consumer.put(RECORDS, 10_000);
        consumer.put(BYTES, "52428800");

        PollBounds.apply(consumer, 32 * MEGABYTE);

        assertThat(consumer).containsEntry(RECORDS, 4).containsEntry(BYTES, 2 * MEGABYTE);
    }

    @Test
    void readsAtLeastOneRecord() {
        PollBounds.apply(consumer, MEGABYTE);

        assertThat(consumer).containsEntry(RECORDS, 1);
    }
}
