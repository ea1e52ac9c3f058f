package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import groupsync.queue.GroupQueues;
import groupsync.queue.NameResolver;
import groupsync.queue.OwnedPartitions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An instance that owns the first four of twelve partitions, at 60 requests a second: 5 for each partition. */
class SlotLendingTest {

    private static final int PARTITIONS = 12;

    private final TestClock clock = new TestClock("2026-05-30T12:00:00Z");
    private final OwnedPartitions owned = new OwnedPartitions();
    private final AtomicBoolean resting = new AtomicBoolean();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                Set<TopicPartition> asked, Duration timeout) {
            return asked.stream().filter(committed::containsKey).collect(Collectors.toMap(one -> one, committed::get));
        }
    };
    private final SlotLending lending = new SlotLending(60, owned, resting::get, clock, clock);

    @BeforeEach
    void ownsFour() {
        consumer.assign(
                IntStream.range(0, 4).mapToObj(SlotLendingTest::partition).toList());
        for (var number = 0; number < PARTITIONS; number++) {
            committed.put(partition(number), new OffsetAndMetadata(100));
            waiting(number, 0);
        }
        consumer.assignment().forEach(partition -> consumer.seek(partition, 100));
        IntStream.range(0, 4).forEach(number -> owned.assigned(partition(number), committed.get(partition(number))));
        looksAndLends();
        passes(Duration.ofSeconds(2));
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition("updates", number);
    }

    /** So many events are in Kafka, and all of them are behind the committed offset. */
    private void waiting(int partition, long events) {
        consumer.updateEndOffsets(Map.of(partition(partition), 100 + events));
    }

    private void reads(int partition, int events) {
        consumer.seek(partition(partition), 100 + events);
        IntStream.range(0, events)
                .forEach(event -> owned.read(new ConsumerRecord<>("updates", partition, 100 + event, null, null)));
    }

    private void passes(Duration time) {
        clock.advance(time);
    }

    private void looksAndLends() {
        lending.look(consumer, PARTITIONS);
        lending.lend();
    }

    /** To which other partition the slots of each are lent, in a moment from now. */
    private Map<Integer, Integer> lent(Duration later) {
        var lent = new HashMap<Integer, Integer>();
        var time = clock.millis() + later.toMillis();
        lending.loans().forEach((partition, loans) -> {
            if (loans.user(partition, time) != partition) {
                lent.put(partition, loans.user(partition, time));
            }
        });
        return lent;
    }

    private Map<Integer, Integer> lent() {
        return lent(Duration.ofMillis(100));
    }

    @Test
    void lendsAllSlotsToTheOnePartitionThatIsBusy() {
        waiting(8, 1000);

        looksAndLends();

        assertThat(lent()).isEqualTo(Map.of(0, 8, 1, 8, 2, 8, 3, 8));
    }

    @Test
    void spreadsThemOverTheBusyPartitionsByTheirBacklog() {
        waiting(6, 1000);
        waiting(7, 2000);

        looksAndLends();

        // 2000 / 2, then 1000 / 2 and 2000 / 3, ...: of all ten lenders, seven for the partition with twice the
        // backlog.
        assertThat(lent()).isEqualTo(Map.of(0, 7, 1, 7, 2, 6, 3, 7));
    }

    @Test
    void lendsNothingWhileNobodyNeedsMoreThanItsOwn() {
        waiting(8, 10);

        looksAndLends();

        assertThat(lent()).isEmpty();
    }

    @Test
    void lendsWhatItDoesNotNeedForItsOwnEvents() {
        waiting(8, 1000);
        waiting(1, 6);
        reads(1, 6);
        passes(Duration.ofSeconds(2));

        looksAndLends();

        // Six events are the work of two partitions for a second: of its own, and of one of the others.
        assertThat(lent()).hasSize(2).doesNotContainKey(1);
    }

    @Test
    void keepsAllSlotsWhileItHasABacklogItself() {
        waiting(8, 1000);
        waiting(1, 500);

        looksAndLends();

        assertThat(lent()).isEmpty();
    }

    @Test
    void keepsTheSlotsOfAPartitionThatReadAnEventAMomentAgo() {
        waiting(8, 1000);
        lending.look(consumer, PARTITIONS);
        owned.advanceTo(partition(2), 101);

        lending.lend();

        assertThat(lent()).containsOnlyKeys(0, 1, 3);
    }

    @Test
    void renewsALoanBeforeItEnds() {
        waiting(8, 1000);

        for (var i = 0; i < 30; i++) {
            looksAndLends();
            assertThat(lent(Duration.ofSeconds(1))).isEqualTo(Map.of(0, 8, 1, 8, 2, 8, 3, 8));
            passes(Duration.ofMillis(300));
        }
    }

    @Test
    void aPartitionWithAnEventHasItsSlotsBackAfterALoan() {
        waiting(8, 1000);
        looksAndLends();
        reads(2, 1);

        looksAndLends();
        passes(Duration.ofMillis(2_400));
        looksAndLends();

        assertThat(lent()).containsOnlyKeys(0, 1, 3);
    }

    @Test
    void anInstanceInAPauseLendsAllItsSlotsAlsoThoseOfItsBacklog() {
        waiting(8, 1000);
        waiting(1, 500);
        reads(1, 500);
        resting.set(true);

        looksAndLends();

        assertThat(lent()).isEqualTo(Map.of(0, 8, 1, 8, 2, 8, 3, 8));
    }

    /** Its owner is in a pause too, or has released it. */
    @Test
    void lendsNothingToAPartitionThatIsLentItself() {
        waiting(8, 1000);
        committed.put(
                partition(8),
                new OffsetAndMetadata(100, "lent:9@" + (clock.millis() - 1000) + "-" + (clock.millis() + 1000)));

        looksAndLends();

        assertThat(lent()).isEqualTo(Map.of(8, 9));
    }

    @Test
    void lendsReleasedPartitionsToThoseThatItKeepsAndThatHaveEvents() {
        waiting(3, 100);
        reads(3, 100);

        lending.releasing(consumer, List.of(partition(0), partition(1)));

        assertThat(lent(Duration.ofSeconds(4))).isEqualTo(Map.of(0, 3, 1, 3));
        assertThat(owned.committable().get(partition(0)).metadata()).startsWith("lent:3@");
    }

    /** Their new owner cannot use them before the end of the loan, whether they are used or not. */
    @ParameterizedTest
    @CsvSource({"0, 0", "60, 0", "61, 1", "100, 2"})
    void lendsNoMoreReleasedPartitionsThanThereIsWorkFor(int events, int lent) {
        waiting(3, events);
        reads(3, events);

        lending.releasing(consumer, List.of(partition(0), partition(1)));

        // The slots of a partition do 30 events in 6 s, and two partitions stay.
        assertThat(lent()).hasSize(lent);
    }

    @Test
    void lendsReleasedPartitionsToThoseThatItKeepsAndThatHaveEventsInKafkaOnly() {
        waiting(3, 100);

        lending.releasing(consumer, List.of(partition(0), partition(1)));

        assertThat(lent(Duration.ofSeconds(4))).isEqualTo(Map.of(0, 3, 1, 3));
    }

    /** They got the slots of a partition that was released a moment before, or others lend them theirs. */
    @Test
    void lendsNoReleasedPartitionIfOthersLendEnoughAlready() {
        waiting(3, 100);
        reads(3, 100);
        for (var number = 8; number < 10; number++) {
            committed.put(
                    partition(number),
                    new OffsetAndMetadata(100, "lent:3@" + clock.millis() + "-" + (clock.millis() + 6000)));
        }
        lending.look(consumer, PARTITIONS);

        lending.releasing(consumer, List.of(partition(0), partition(1)));

        // 100 events need the slots of four partitions for 6 s: two stay, and two are lent by others.
        assertThat(lent()).isEqualTo(Map.of(8, 3, 9, 3));
    }

    @Test
    void atAStopLendsTheSlotsToBusyPartitionsOfOthers() {
        waiting(8, 1000);
        waiting(3, 100);
        reads(3, 100);
        lending.look(consumer, PARTITIONS);
        resting.set(true);

        lending.releasing(consumer, consumer.assignment());

        assertThat(lent(Duration.ofSeconds(4))).isEqualTo(Map.of(0, 8, 1, 8, 2, 8, 3, 8));
    }

    @Test
    void usesTheSlotsOfAReleasedPartitionUntilItsNextOwnerMay() throws Exception {
        waiting(3, 100);
        reads(3, 100);

        lending.releasing(consumer, List.of(partition(0)));
        release(0);

        assertThat(lent(Duration.ofSeconds(4))).isEqualTo(Map.of(0, 3));
    }

    /** Its next owner cannot know of the loan. */
    @Test
    void doesNotUseTheSlotsOfAReleasedPartitionWhoseCommitFailed() throws Exception {
        waiting(3, 100);
        reads(3, 100);
        lending.releasing(consumer, List.of(partition(0)));
        release(0);

        lending.notReleased(List.of(partition(0)));

        assertThat(lending.loans()).doesNotContainKey(0);
    }

    private void release(int partition) throws InterruptedException {
        new GroupQueues(100, false, owned, new NameResolver() {}, () -> true, clock)
                .revoke(List.of(partition(partition)), Duration.ZERO);
    }

    @Test
    void theOwnerOfAllPartitionsLooksAtNoOthers() {
        consumer.assign(IntStream.range(0, PARTITIONS)
                .mapToObj(SlotLendingTest::partition)
                .toList());
        waiting(8, 1000);

        looksAndLends();

        assertThat(lent()).isEmpty();
    }
}
