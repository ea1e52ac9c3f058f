package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PollBoundsTest {

    private static final long MEGABYTE = 1 << 20;

    @Test
    void readsNoMoreLargeRecordsThanAnEighthOfTheHeapHolds() {
        var consumer = new Properties();

        PollBounds.apply(consumer, 128 * MEGABYTE);

        assertThat(consumer)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "max.poll.records",
                        16,
                        "fetch.max.bytes",
                        8 * (int) MEGABYTE,
                        "max.partition.fetch.bytes",
                        (int) MEGABYTE));
    }

    @Test
    void keepsSettingsThatFitIntoTheHeap() {
        var consumer = new Properties();
        consumer.put("max.poll.records", "100");
        consumer.put("fetch.max.bytes", 1_000);
        consumer.put("max.partition.fetch.bytes", "500");

        PollBounds.apply(consumer, 64 * 1024 * MEGABYTE);

        assertThat(consumer)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("max.poll.records", 100, "fetch.max.bytes", 1_000, "max.partition.fetch.bytes", 500));
    }

    @Test
    void lowersSettingsThatDoNotFitIntoTheHeap() {
        var consumer = new Properties();
        consumer.put("max.poll.records", 10_000);
        consumer.put("fetch.max.bytes", "52428800");

        PollBounds.apply(consumer, 32 * MEGABYTE);

        assertThat(consumer).containsEntry("max.poll.records", 4).containsEntry("fetch.max.bytes", 2 * (int) MEGABYTE);
    }

    @Test
    void readsAtLeastOneRecord() {
        var consumer = new Properties();

        PollBounds.apply(consumer, MEGABYTE);

        assertThat(consumer).containsEntry("max.poll.records", 1);
    }
}
