package groupsync.names;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import groupsync.event.Events;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.Outcome;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.queue.Backlog;
import groupsync.queue.GroupQueues;
import groupsync.queue.OwnedPartitions;
import groupsync.queue.PendingUpdate;
import groupsync.queue.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events in hand that call their group by its name. */
class UnresolvedEventsTest {

    private static final TopicPartition ONE = new TopicPartition("updates", 1);
    private static final TopicPartition TWO = new TopicPartition("updates", 2);

    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final GroupNames names = new GroupNames(clock);
    private final OwnedPartitions partitions = new OwnedPartitions();
    private final GroupQueues queues =
            new GroupQueues(100, true, partitions, new UnresolvedEvents(names), () -> true, clock);
    private final Workers workers = new Workers(queues);

    @BeforeEach
    void ownTwoPartitions() {
        queues.assigned(ONE, null);
        queues.assigned(TWO, null);
    }

    // --- Names that are known ---

    @Test
    void linesUpAtOnceWhereTheNameIsKnown() {
        zoomLists(Map.of("g1", "Finance"));

        var line = arrives(Events.byName("Finance", "Finance").at(ONE, 10));

        assertThat(line).isEqualTo("g1");
        assertThat(begin("g1").event().groupId()).contains("g1");
        assertThat(queues.needsNames()).isFalse();
    }

    @Test
    void anIdAndANameOfOneGroupAreOneLineInOrder() {
        zoomLists(Map.of("g1", "Finance"));
        arrives(Events.update("g1", "Finance").at(ONE, 10));
        arrives(Events.byName("Finance", "Finance").at(ONE, 11));
        arrives(Events.update("g1", "Finance").at(ONE, 12));

        var merged = workers.merged("g1");

        assertThat(merged.members())
                .extracting(Object::toString)
                .containsExactly("updates-1-10", "updates-1-11", "updates-1-12");
    }

    @Test
    void asksAnewWhenWhatIsKnownIsOld() {
        zoomLists(Map.of("g1", "Finance"));
        clock.goesOn(Duration.ofMinutes(5));

        var line = arrives(Events.byName("Finance", "Finance").at(ONE, 10));

        assertThat(line).isNull();
        assertThat(queues.needsNames()).isTrue();
    }

    @Test
    void asksAnewWhenAPartitionComes() {
        zoomLists(Map.of("g1", "Finance"));
        queues.assigned(TWO, null);

        var line = arrives(Events.byName("Finance", "Finance").at(ONE, 10));

        assertThat(line).isNull();
        assertThat(queues.needsNames()).isTrue();
    }

    // --- Names that are not known ---

    @Test
    void holdsAnEventUntilItsNameIsKnown() {
        var line = arrives(Events.byName("Finance", "Finance").at(ONE, 10));
        var needed = queues.needsNames();

        zoomLists(Map.of("g1", "Finance"));

        assertThat(line).isNull();
        assertThat(needed).isTrue();
        assertThat(workers.takeAll()).containsExactly("g1");
        assertThat(begin("g1")).hasToString("updates-1-10");
        assertThat(queues.needsNames()).isFalse();
    }

    @Test
    void holdsAllBehindItInItsPartitionAndNothingOfAnother() {
        arrives(Events.byName("Finance", "Finance").at(ONE, 10));

        var behind = arrives(Events.update("g1", "Finance").at(ONE, 11));
        var invalid = arrives(
                Events.invalid(Reason.INVALID_EVENT, "/name: is missing").at(ONE, 12));
        var beside = arrives(Events.update("g2", "Sales").at(TWO, 20));
        zoomLists(Map.of("g1", "Finance"));

        assertThat(behind).isNull();
        assertThat(invalid).isNull();
        assertThat(beside).isEqualTo("g2");
        assertThat(workers.takeAll()).containsExactly("g1", "\nupdates-1-12");
        assertThat(workers.merged("g1").members())
                .extracting(Object::toString)
                .containsExactly("updates-1-10", "updates-1-11");
    }

    @Test
    void oneAnswerDecidesARowOfUnknownNames() {
        for (var offset = 10; offset < 13; offset++) {
            arrives(Events.byName("nobody-" + offset, "n").at(ONE, offset));
        }

        zoomLists(Map.of("g1", "Finance"));

        assertThat(workers.takeAll()).containsExactly("\nupdates-1-10", "\nupdates-1-11", "\nupdates-1-12");
        assertThat(refusal("\nupdates-1-11").reason()).isEqualTo(Reason.GROUP_NOT_FOUND);
        assertThat(queues.needsNames()).isFalse();
    }

    @Test
    void believesThatThereIsNoneOnlyIfZoomWasAskedAfterwards() {
        zoomLists(Map.of("g1", "Finance"));
        arrives(Events.byName("Sales", "Sales").at(ONE, 10));
        var afterAnEarlierList = workers.takeAll();
        names.startListing();
        arrives(Events.byName("Legal", "Legal").at(TWO, 20));
        names.listed(Map.of("g1", "Finance"));

        var due = workers.takeAll();

        assertThat(afterAnEarlierList).isEmpty();
        assertThat(due).containsExactly("\nupdates-1-10");
        assertThat(queues.needsNames()).isTrue();
    }

    @Test
    void saysWhatWasFoundInstead() {
        arrives(Events.byName("finance ", "Money").at(ONE, 10));

        zoomLists(Map.of("g1", "Finance", "g2", "Money"));
        workers.takeAll();

        var refusal = refusal("\nupdates-1-10");
        assertThat(refusal.message())
                .isEqualTo("no group has the name 'finance '; one has the name 'Finance', which differs in case or"
                        + " blanks; one has the name 'Money' already, which the event gives");
        assertThat(refusal.groupName()).contains("finance ");
        assertThat(refusal.groupId()).isEmpty();
    }

    @Test
    void namesTheGroupsThatShareAName() {
        arrives(Events.byName("Twins", "Twins").at(ONE, 10));

        zoomLists(Map.of("g2", "Twins", "g1", "Twins", "g3", "Finance"));
        workers.takeAll();

        var refusal = refusal("\nupdates-1-10");
        assertThat(refusal.reason()).isEqualTo(Reason.GROUP_AMBIGUOUS);
        assertThat(refusal.message()).isEqualTo("2 groups have the name 'Twins': g1, g2");
    }

    // --- Renames ---

    @Test
    void waitsForARenameToTheName() {
        zoomLists(Map.of("g1", "Finance"));
        arrives(Events.update("g1", "Money").at(ONE, 10));
        var line = arrives(Events.byName("Money", "Money").at(ONE, 11));
        var needed = queues.needsNames();

        isApplied(begin("g1"));

        assertThat(line).isNull();
        assertThat(needed).isFalse();
        assertThat(workers.takeAll()).containsExactly("g1");
        assertThat(begin("g1")).hasToString("updates-1-11");
    }

    @Test
    void waitsForARenameAwayFromTheName() {
        zoomLists(Map.of("g1", "Finance"));
        arrives(Events.update("g1", "Money").at(ONE, 10));
        arrives(Events.byName("Finance", "Finance").at(ONE, 11));

        isApplied(begin("g1"));

        assertThat(workers.takeAll()).isEmpty();
        assertThat(queues.needsNames()).isTrue();
        zoomLists(Map.of("g1", "Money", "g2", "Finance"));
        assertThat(workers.takeAll()).containsExactly("g2");
    }

    @Test
    void waitsForNoUpdateThatLeavesTheNameAsItIs() {
        zoomLists(Map.of("g1", "Finance", "g2", "Sales"));
        arrives(Events.update("g1", "Finance").at(ONE, 10));
        arrives(Events.update("g2", "Selling").at(ONE, 11));

        arrives(Events.byName("Finance", "Finance").at(TWO, 20));
        isApplied(begin("g1"));

        assertThat(begin("g1")).hasToString("updates-2-20");
    }

    @Test
    void goesOnWithAChainOfRenamesOneByOne() {
        zoomLists(Map.of("g1", "a"));
        arrives(Events.byName("a", "b").at(ONE, 10));
        arrives(Events.byName("b", "c").at(ONE, 11));
        arrives(Events.byName("c", "a").at(ONE, 12));

        isApplied(begin("g1"));
        workers.takeAll();
        isApplied(begin("g1"));
        workers.takeAll();

        assertThat(begin("g1")).hasToString("updates-1-12");
        assertThat(queues.needsNames()).isFalse();
    }

    @Test
    void asksAnewAfterARenameOfWhichItIsNotKnownWhatBecame() {
        zoomLists(Map.of("g1", "Finance"));
        arrives(Events.update("g1", "Money").at(ONE, 10));
        arrives(Events.byName("Finance", "Finance").at(ONE, 11));
        var rename = begin("g1");

        rename.attempted(clock.instant());
        isDone(rename, Status.FAILED, Reason.RETRIES_EXHAUSTED);

        assertThat(workers.takeAll()).isEmpty();
        assertThat(queues.needsNames()).isTrue();
    }

    @Test
    void asksNobodyAfterARenameThatWasNotSent() {
        zoomLists(Map.of("g1", "Finance"));
        arrives(Events.update("g1", "Money").at(ONE, 10));
        arrives(Events.byName("Finance", "Finance").at(ONE, 11));

        isDone(begin("g1"), Status.DRY_RUN, null);

        assertThat(workers.takeAll()).containsExactly("g1");
    }

    @Test
    void knowsOfARenameThatTheAnswerUnderWayMayLack() {
        zoomLists(Map.of("g1", "Finance"));
        arrives(Events.update("g1", "Money").at(ONE, 10));
        names.startListing();
        isApplied(begin("g1"));
        names.listed(Map.of("g1", "Finance"));

        var line = arrives(Events.byName("Money", "Money").at(ONE, 11));

        assertThat(line).isEqualTo("g1");
    }

    @Test
    void asksAnewWhenAGroupIsGoneThatWasKnown() {
        zoomLists(Map.of("g1", "Finance"));
        arrives(Events.byName("Finance", "Finance").at(ONE, 10));
        var update = begin("g1");

        update.attempted(clock.instant());
        isDone(update, Status.REJECTED, Reason.GROUP_NOT_FOUND);
        var line = arrives(Events.byName("Finance", "Finance").at(ONE, 11));

        assertThat(line).isNull();
        assertThat(queues.needsNames()).isTrue();
    }

    // --- How much is in hand, and what is committed ---

    @Test
    void whatIsHeldIsInHand() {
        var small = new GroupQueues(2, true, new OwnedPartitions(), new UnresolvedEvents(names), () -> true, clock);
        small.assigned(ONE, null);
        small.add(Events.byName("Finance", "Finance").at(ONE, 10));
        var before = small.isFull();

        small.add(Events.update("g1", "n").at(ONE, 11));

        assertThat(before).isFalse();
        assertThat(small.isFull()).isTrue();
        assertThat(small.backlog())
                .isEqualTo(new Backlog(2, 2 * Events.source(ONE, 10).size(), 0, 10, 1));
        zoomLists(Map.of("g1", "Finance"));
        small.addResolved();
        assertThat(small.backlog())
                .isEqualTo(new Backlog(2, 2 * Events.source(ONE, 10).size(), 1, 10, 1));
    }

    @Test
    void commitsNothingBeyondWhatIsHeld() {
        arrives(Events.update("g1", "Sales").at(ONE, 10));
        arrives(Events.byName("Finance", "Finance").at(ONE, 11));
        arrives(Events.update("g1", "Sales").at(ONE, 12));

        isApplied(begin("g1"));

        assertThat(partitions.committable().get(ONE).offset()).isEqualTo(11);
        zoomLists(Map.of("g1", "Sales", "g2", "Finance"));
        workers.takeAll();
        isApplied(begin("g2"));
        isApplied(begin("g1"));
        assertThat(partitions.committable().get(ONE).offset()).isEqualTo(13);
    }

    @Test
    void forgetsWhatIsHeldOfAPartitionThatLeaves() throws Exception {
        arrives(Events.byName("Finance", "Finance").at(ONE, 10));
        arrives(Events.update("g1", "n").at(ONE, 11));
        arrives(Events.byName("Finance", "Finance").at(TWO, 20));

        var offsets = queues.revoke(List.of(ONE), Duration.ZERO);

        assertThat(offsets.get(ONE).offset()).isEqualTo(10);
        assertThat(queues.backlog().events()).isEqualTo(1);
        assertThat(queues.backlog().bytes()).isEqualTo(Events.source(TWO, 20).size());
        zoomLists(Map.of("g1", "Finance"));
        assertThat(workers.takeAll()).containsExactly("g1");
        assertThat(workers.merged("g1").members()).extracting(Object::toString).containsExactly("updates-2-20");
    }

    @Test
    void readsAgainWhatWasHeldOfAPartitionThatComesBack() throws Exception {
        arrives(Events.byName("Finance", "Finance").at(ONE, 10));
        var offsets = queues.revoke(List.of(ONE), Duration.ZERO);
        queues.assigned(ONE, offsets.get(ONE));

        arrives(Events.byName("Finance", "Finance").at(ONE, 10));
        zoomLists(Map.of("g1", "Finance"));

        assertThat(workers.takeAll()).containsExactly("g1");
        isApplied(begin("g1"));
        assertThat(partitions.committable().get(ONE).offset()).isEqualTo(11);
    }

    @Test
    void needsNoNamesOnceItStopsOrHasLetGo() throws Exception {
        arrives(Events.byName("Finance", "Finance").at(ONE, 10));
        queues.revoke(List.of(ONE), Duration.ZERO);
        var needed = queues.needsNames();
        arrives(Events.byName("Finance", "Finance").at(TWO, 20));

        queues.stop();

        assertThat(needed).isFalse();
        assertThat(queues.needsNames()).isFalse();
    }

    private void zoomLists(Map<String, String> groups) {
        names.startListing();
        names.listed(groups);
    }

    private @Nullable String arrives(GroupUpdateEvent event) {
        var source = event.source();
        partitions.read(new ConsumerRecord<>(
                source.partition().topic(), source.partition().partition(), source.offset(), null, null));
        queues.add(event);
        return workers.takeAll().stream().findFirst().orElse(null);
    }

    private PendingUpdate begin(String line) {
        return workers.take(line);
    }

    private GroupUpdateEvent.Invalid refusal(String line) {
        return (GroupUpdateEvent.Invalid) begin(line).event();
    }

    private void isApplied(PendingUpdate update) {
        update.attempted(clock.instant());
        isDone(update, Status.APPLIED, null);
    }

    private void isDone(PendingUpdate update, Status status, @Nullable Reason reason) {
        update.conclude(update.members().stream()
                .map(member -> Outcome.of(
                        member.event(),
                        member.attempts(),
                        status,
                        reason,
                        null,
                        null,
                        null,
                        null,
                        null,
                        clock.instant()))
                .toList());
        queues.acknowledge(update);
    }
}
