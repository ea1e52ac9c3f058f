package groupsync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.Events;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OwnedPartitionsTest extends QueuesFixture {

    private static final LocalDate TODAY = LocalDate.parse("2026-05-30");

    @Test
    void commitsEachPartitionUpToItsFirstUnfinishedUpdate() {
        add("a", ONE, 10);
        add("b", ONE, 11);
        add("c", ONE, 12);
        add("d", TWO, 20);
        var taken = takeAll();
        taken.stream()
                .filter(update -> List.of("updates-1-10", "updates-1-12").contains(update.toString()))
                .forEach(queues::acknowledge);

        assertThat(partitions.committable())
                .isEqualTo(Map.of(
                        ONE, new OffsetAndMetadata(11, "done:11:Ag=="),
                        TWO, new OffsetAndMetadata(20, "")));
    }

    @Test
    void commitsNothingOfAPartitionWithoutReadRecords() {
        add("finance", ONE, 10);

        assertThat(partitions.committable()).containsOnlyKeys(ONE);
    }

    @Test
    void readsNoUpdateAgainThatAnEarlierOwnerHasFinished() {
        queues.assigned(ONE, new OffsetAndMetadata(10, "done:10:Ag=="));

        assertThat(List.of(read(ONE, 10), read(ONE, 11), read(ONE, 12))).containsExactly(true, false, true);
    }

    @Test
    void readsNothingOfPartitionsOfOtherInstances() {
        var others = new TopicPartition("updates", 3);

        var unfinished = read(others, 10);
        queues.add(Events.update("finance").at(others, 10));

        assertThat(unfinished).isFalse();
        assertThat(poll()).isNull();
    }

    @Test
    void commitsTheRequestsOfTheDayOfEachPartition() {
        add("a", ONE, 10);
        add("b", TWO, 20);

        var charged = partitions.charge(ONE, TODAY);

        assertThat(charged).isTrue();
        assertThat(partitions.charged(TODAY)).isEqualTo(Map.of(ONE, 1, TWO, 0));
        assertThat(partitions.committable())
                .isEqualTo(Map.of(
                        ONE, new OffsetAndMetadata(10, "used:2026-05-30:1"), TWO, new OffsetAndMetadata(20, "")));
    }

    /** Such a charge could not be committed. */
    @Test
    void chargesNoPartitionBeforeItsFirstOffsetIsKnown() {
        var early = partitions.charge(ONE, TODAY);
        var chargeable = partitions.charged(TODAY);
        partitions.advanceTo(ONE, 0);

        assertThat(early).isFalse();
        assertThat(chargeable).isEmpty();
        assertThat(partitions.charge(ONE, TODAY)).isTrue();
    }

    @Test
    void chargesNoPartitionThatIsRevoked() throws Exception {
        add("a", ONE, 10);
        add("b", TWO, 20);
        take();
        partitions.charge(ONE, TODAY);

        var last = queues.revoke(List.of(ONE), Duration.ZERO);

        assertThat(last).isEqualTo(Map.of(ONE, new OffsetAndMetadata(10, "used:2026-05-30:1")));
        assertThat(partitions.charge(ONE, TODAY)).isFalse();
        assertThat(partitions.charged(TODAY)).isEqualTo(Map.of(TWO, 0));
    }
}
