package groupsync.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import groupsync.TestClock;
import groupsync.event.GroupUpdate;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.Outcome;
import groupsync.event.Reason;
import groupsync.event.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupQueuesTest {

    private static final TopicPartition ONE = new TopicPartition("updates", 1);
    private static final TopicPartition TWO = new TopicPartition("updates", 2);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final GroupQueues inHand = new GroupQueues(100, true, clock);

    @BeforeEach
    void ownTwoPartitions() {
        inHand.assigned(ONE, null);
        inHand.assigned(TWO, null);
    }

    // --- The order of a group ---

    @Test
    void callsForALineWithWork() {
        var line = arrives("finance", ONE, 10);

        assertThat(line).isEqualTo("finance");
    }

    @Test
    void callsOnceHoweverManyArrive() {
        arrives("finance", ONE, 10);

        var line = arrives("finance", ONE, 11);

        assertThat(line).isNull();
        assertThat(inHand.due()).isEmpty();
    }

    @Test
    void beginsOneAtATimePerGroup() {
        arrives("finance", ONE, 10);
        arrives("finance", ONE, 11);

        var first = inHand.begin("finance");
        var second = inHand.begin("finance");

        assertThat(first).hasToString("updates-1-10");
        assertThat(second).isNull();
    }

    @Test
    void beginsTheUpdatesOfAGroupInTheirOrder() {
        for (var offset = 10; offset < 15; offset++) {
            arrives("finance", ONE, offset);
        }

        var begun = new ArrayList<String>();
        @Nullable String line = "finance";
        while (line != null) {
            var update = begin(line);
            begun.add(update.toString());
            line = inHand.done(update);
        }

        assertThat(begun)
                .containsExactly("updates-1-10", "updates-1-11", "updates-1-12", "updates-1-13", "updates-1-14");
    }

    @Test
    void goesOnWithOtherGroupsMeanwhile() {
        arrives("finance", ONE, 10);
        begin("finance");

        var line = arrives("sales", ONE, 11);

        assertThat(line).isEqualTo("sales");
        assertThat(inHand.begin("sales")).hasToString("updates-1-11");
    }

    @Test
    void letsInvalidEventsOfAGroupWaitForNobody() {
        arrives("finance", ONE, 10);
        begin("finance");
        var source = source(ONE, 11);
        read(ONE, 11);

        var line = inHand.lineUp(new GroupUpdateEvent.Invalid(
                source, "updates-1-11", Optional.of("finance"), Reason.INVALID_EVENT, "/name: is missing"));

        assertThat(line).isEqualTo("\nupdates-1-11");
        assertThat(inHand.begin("\nupdates-1-11")).hasToString("updates-1-11");
    }

    @Test
    void callsNobodyWhenTheLastOfALineIsDone() {
        arrives("finance", ONE, 10);
        var update = begin("finance");

        var line = inHand.done(update);

        assertThat(line).isNull();
        assertThat(inHand.begin("finance")).isNull();
    }

    @Test
    void callsForALineAgainThatWasEmpty() {
        arrives("finance", ONE, 10);
        inHand.done(begin("finance"));

        var line = arrives("finance", ONE, 11);

        assertThat(line).isEqualTo("finance");
    }

    @Test
    void beginsNothingOfALineThatNobodyKnows() {
        var update = inHand.begin("finance");

        assertThat(update).isNull();
    }

    @Test
    void refusesToFinishWhatNobodyWorksOn() {
        arrives("finance", ONE, 10);
        var update = begin("finance");
        inHand.done(update);

        assertThatThrownBy(() -> inHand.done(update))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("nobody works on updates-1-10");
        assertThatThrownBy(() -> inHand.tryAgain(update, clock.instant()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("nobody works on updates-1-10");
    }

    // --- Another try ---

    @Test
    void keepsThePlaceOfAnUpdateThatIsTriedAgain() {
        arrives("finance", ONE, 10);
        arrives("finance", ONE, 11);
        var update = begin("finance");

        inHand.tryAgain(update, clock.instant());

        assertThat(inHand.due()).containsExactly("finance");
        assertThat(inHand.begin("finance")).isSameAs(update);
    }

    @Test
    void triesNothingAgainBeforeItsTime() {
        arrives("finance", ONE, 10);
        arrives("sales", ONE, 11);
        inHand.tryAgain(begin("finance"), clock.instant().plusMillis(500));
        clock.goesOn(Duration.ofMillis(499));

        var early = inHand.begin("finance");
        var others = inHand.begin("sales");

        assertThat(early).isNull();
        assertThat(others).hasToString("updates-1-11");
        assertThat(inHand.due()).isEmpty();
        assertThat(arrives("finance", ONE, 12)).isNull();
    }

    @Test
    void triesAgainWhenItsTimeHasCome() {
        arrives("finance", ONE, 10);
        inHand.tryAgain(begin("finance"), clock.instant().plusMillis(500));
        clock.goesOn(Duration.ofMillis(500));

        var due = List.of(inHand.due(), inHand.due());

        assertThat(due).containsExactly(List.of("finance"), List.of());
        assertThat(inHand.begin("finance")).hasToString("updates-1-10");
    }

    @Test
    void makesTheNextWaitForNothingOnceTheFirstIsDone() {
        arrives("finance", ONE, 10);
        arrives("finance", ONE, 11);
        inHand.tryAgain(begin("finance"), clock.instant().plusMillis(500));
        clock.goesOn(Duration.ofMillis(500));

        var line = inHand.done(begin("finance"));

        assertThat(line).isEqualTo("finance");
        assertThat(inHand.begin("finance")).hasToString("updates-1-11");
    }

    // --- A pause ---

    @Test
    void beginsNothingInAPause() {
        arrives("finance", ONE, 10);
        arrives("sales", ONE, 11);

        inHand.atOnce(0);

        assertThat(inHand.begin("finance")).isNull();
        assertThat(inHand.begin("sales")).isNull();
        assertThat(arrives("hr", ONE, 12)).isNull();
        assertThat(inHand.due()).isEmpty();
    }

    @Test
    void finishesInAPauseWhatIsUnderWay() {
        arrives("finance", ONE, 10);
        arrives("finance", ONE, 11);
        var update = begin("finance");
        inHand.atOnce(0);

        var line = inHand.done(update);

        assertThat(line).isNull();
        assertThat(inHand.committable()).containsEntry(ONE, new OffsetAndMetadata(11, ""));
    }

    @Test
    void goesOnWithAllLinesAfterAPause() {
        inHand.atOnce(0);
        arrives("finance", ONE, 10);
        arrives("sales", TWO, 20);
        arrives("finance", ONE, 11);
        inHand.atOnce(Integer.MAX_VALUE);

        var due = inHand.due();

        assertThat(due).containsExactly("finance", "sales");
        assertThat(inHand.begin("finance")).hasToString("updates-1-10");
        assertThat(inHand.begin("sales")).hasToString("updates-2-20");
    }

    @Test
    void callsAgainForALineWhoseCallCameInAPause() {
        arrives("finance", ONE, 10);
        inHand.atOnce(0);
        inHand.begin("finance");
        inHand.atOnce(Integer.MAX_VALUE);

        var due = inHand.due();

        assertThat(due).containsExactly("finance");
    }

    @Test
    void letsOneTryAndAnotherOneNextTime() {
        arrives("finance", ONE, 10);
        arrives("sales", ONE, 11);
        inHand.atOnce(1);
        var first = begin("finance");
        var meanwhile = inHand.begin("sales");

        inHand.tryAgain(first, clock.instant());

        assertThat(meanwhile).isNull();
        assertThat(inHand.due()).containsExactly("sales");
        assertThat(inHand.begin("sales")).hasToString("updates-1-11");
        assertThat(inHand.begin("finance")).isNull();
    }

    @Test
    void thoseThatWereTriedLeastComeFirst() {
        for (var offset = 10; offset < 20; offset++) {
            arrives("bad" + offset, ONE, offset);
            var tried = begin("bad" + offset);
            tried.attempted(clock.instant());
            inHand.tryAgain(tried, clock.instant());
        }
        arrives("good", ONE, 20);
        inHand.tryAgain(begin("good"), clock.instant());
        inHand.atOnce(1);

        assertThat(inHand.due()).containsExactly("good");
    }

    // --- What is merged ---

    @Test
    void mergesWhatWaitsForTheSameGroupInItsOrder() {
        arrives("finance", ONE, 10);
        arrives("finance", ONE, 11);
        arrives("sales", ONE, 12);
        arrives("finance", ONE, 13);

        var merged = inHand.merge(begin("finance"));

        assertThat(merged.members())
                .extracting(Object::toString)
                .containsExactly("updates-1-10", "updates-1-11", "updates-1-13");
    }

    @Test
    void allThatWereMergedAreDoneTogether() {
        arrives("finance", ONE, 10);
        arrives("finance", ONE, 11);
        var merged = inHand.merge(begin("finance"));
        arrives("finance", ONE, 12);

        var line = inHand.done(merged);

        assertThat(line).isEqualTo("finance");
        assertThat(inHand.begin("finance")).hasToString("updates-1-12");
        assertThat(inHand.committable().get(ONE).offset()).isEqualTo(12);
    }

    @Test
    void mergesNothingWhereThatIsNotWanted() {
        var single = new GroupQueues(100, false, clock);
        single.assigned(ONE, null);
        for (var offset = 10; offset < 12; offset++) {
            single.read(new ConsumerRecord<>(ONE.topic(), ONE.partition(), offset, null, null));
            single.lineUp(event("finance", ONE, offset));
        }

        var update = single.merge(Objects.requireNonNull(single.begin("finance")));

        assertThat(update.isMerged()).isFalse();
    }

    /** Else the one that Zoom fails at would keep the others from Zoom. */
    @Test
    void mergesNothingIntoARequestThatWasSentBefore() {
        arrives("finance", ONE, 10);
        var first = inHand.merge(begin("finance"));
        first.attempted(clock.instant());
        inHand.tryAgain(first, Instant.MIN);
        arrives("finance", ONE, 11);

        var again = inHand.merge(begin("finance"));

        assertThat(again.members()).hasSize(1);
    }

    @Test
    void sendsOneByOneWhatZoomRefusedTogether() {
        arrives("finance", ONE, 10);
        arrives("finance", ONE, 11);
        var merged = inHand.merge(begin("finance"));
        merged.attempted(clock.instant());
        merged.separate();
        inHand.tryAgain(merged, Instant.MIN);
        arrives("finance", ONE, 12);

        var first = inHand.merge(begin("finance"));
        assertThat(first.members()).extracting(Object::toString).containsExactly("updates-1-10");
        inHand.done(first);
        var second = inHand.merge(begin("finance"));

        assertThat(second.members()).extracting(Object::toString).containsExactly("updates-1-11");
    }

    /** It may be given up while the request is under way. */
    @Test
    void mergesNothingOfAnotherPartition() {
        arrives("finance", ONE, 10);
        arrives("finance", TWO, 20);

        var update = inHand.merge(begin("finance"));

        assertThat(update.isMerged()).isFalse();
    }

    @Test
    void keepsAllThatWereMergedWhenTheirPartitionIsGivenUpMeanwhile() throws Exception {
        arrives("finance", ONE, 10);
        arrives("finance", ONE, 11);
        var merged = inHand.merge(begin("finance"));
        arrives("finance", ONE, 12);

        var offsets = inHand.giveUp(List.of(ONE), Duration.ZERO);
        inHand.done(merged);

        assertThat(offsets.get(ONE).offset()).isEqualTo(10);
        assertThat(inHand.isEmpty()).isTrue();
    }

    // --- Partitions that may be those of another instance by now ---

    @Test
    void sendsNothingWhileItIsNotSureThatThePartitionsAreStillItsOwn() throws Exception {
        var leased = new AtomicBoolean(true);
        var unsure = leasedBy(leased);
        lineUp(unsure, "finance", 10);
        lineUp(unsure, "sales", 11);
        var takenUp = Objects.requireNonNull(unsure.begin("finance"));
        leased.set(false);

        assertThatThrownBy(() -> unsure.mayBeSent(takenUp)).isInstanceOf(UpdateDeferredException.class);
        assertThat(unsure.begin("sales")).isNull();
        assertThat(unsure.due()).isEmpty();
        leased.set(true);

        unsure.mayBeSent(takenUp);
        assertThat(unsure.due()).containsExactly("sales");
        assertThat(unsure.begin("sales")).hasToString("updates-1-11");
    }

    /** An outcome may be published twice; no other instance is set back by that. */
    @Test
    void publishesWhatIsDecidedAlsoWhileItIsNotSure() {
        var leased = new AtomicBoolean(true);
        var unsure = leasedBy(leased);
        lineUp(unsure, "finance", 10);
        lineUp(unsure, "finance", 11);
        var update = Objects.requireNonNull(unsure.begin("finance"));
        update.conclude(List.of(applied(update)));
        unsure.tryAgain(update, Instant.MIN);
        leased.set(false);

        assertThat(unsure.due()).containsExactly("finance");
        assertThat(unsure.begin("finance")).isSameAs(update);
        assertThat(unsure.done(update)).isNull();
        assertThat(unsure.due()).isEmpty();
    }

    private GroupQueues leasedBy(AtomicBoolean leased) {
        var unsure = new GroupQueues(100, true, null, leased::get, clock);
        unsure.assigned(ONE, null);
        return unsure;
    }

    private static void lineUp(GroupQueues inHand, String group, long offset) {
        inHand.read(new ConsumerRecord<>(ONE.topic(), ONE.partition(), offset, null, null));
        inHand.lineUp(event(group, ONE, offset));
    }

    private Outcome applied(PendingUpdate update) {
        return Outcome.of(update, Outcome.Status.APPLIED, null, null, 204, null, null, null, clock.instant());
    }

    // --- A pause because outcomes cannot be published ---

    /** Whether Kafka is back, an outcome that waits shows as well; a request might be one that another instance has sent. */
    @Test
    void inAPauseOnlyAnOutcomeTriesIfOneWaits() throws Exception {
        arrives("finance", ONE, 10);
        arrives("sales", ONE, 11);
        arrives("hr", ONE, 12);
        var decided = begin("finance");
        var undecided = begin("sales");
        decided.conclude(List.of(applied(decided)));
        inHand.atOnce(0);
        inHand.tryAgain(decided, Instant.MIN);

        inHand.atOnce(1);

        assertThatThrownBy(() -> inHand.mayBeSent(undecided)).isInstanceOf(UpdateDeferredException.class);
        inHand.tryAgain(undecided, Instant.MIN);
        assertThat(inHand.due()).containsExactly("finance");
        assertThat(inHand.begin("hr")).isNull();
        assertThat(inHand.begin("finance")).isSameAs(decided);
        inHand.done(decided);
        assertThat(inHand.due()).containsExactly("hr");
    }

    @Test
    void inAPauseAnUpdateTriesOnceTheOutcomeThatWaitedHasLeftWithItsPartition() throws Exception {
        arrives("finance", ONE, 10);
        arrives("sales", TWO, 20);
        var decided = begin("finance");
        decided.conclude(List.of(applied(decided)));
        inHand.atOnce(0);
        inHand.tryAgain(decided, Instant.MIN);
        inHand.giveUp(List.of(ONE), Duration.ZERO);

        inHand.atOnce(1);

        assertThat(inHand.begin("sales")).hasToString("updates-2-20");
    }

    // --- What is committed ---

    @Test
    void commitsEachPartitionUpToItsFirstEventNotDone() {
        arrives("a", ONE, 10);
        arrives("b", ONE, 11);
        arrives("c", ONE, 12);
        arrives("d", TWO, 20);
        inHand.done(begin("a"));
        inHand.done(begin("c"));

        var offsets = inHand.committable();

        assertThat(offsets)
                .isEqualTo(Map.of(
                        ONE, new OffsetAndMetadata(11, "done:11:Ag=="),
                        TWO, new OffsetAndMetadata(20, "")));
    }

    @Test
    void commitsNothingOfAPartitionThatNothingWasReadOf() {
        arrives("finance", ONE, 10);

        var offsets = inHand.committable();

        assertThat(offsets).containsOnlyKeys(ONE);
    }

    @Test
    void readsNothingAgainThatAnEarlierOwnerDid() {
        inHand.assigned(ONE, new OffsetAndMetadata(10, "done:10:Ag=="));

        var toDo = List.of(read(ONE, 10), read(ONE, 11), read(ONE, 12));

        assertThat(toDo).containsExactly(true, false, true);
    }

    @Test
    void readsNothingOfPartitionsOfOthers() {
        var others = new TopicPartition("updates", 3);

        var toDo = read(others, 10);
        var line = inHand.lineUp(event("finance", others, 10));

        assertThat(toDo).isFalse();
        assertThat(line).isNull();
        assertThat(inHand.begin("finance")).isNull();
    }

    // --- How much is in hand ---

    @Test
    void isFullWhenAsMuchIsInHandAsAllowed() {
        var small = new GroupQueues(2, true, clock);
        small.assigned(ONE, null);
        small.lineUp(event("finance", ONE, 10));
        var before = small.isFull();

        small.lineUp(event("finance", ONE, 11));

        assertThat(before).isFalse();
        assertThat(small.isFull()).isTrue();
    }

    @Test
    void hasRoomAgainWhenSomethingIsDone() {
        var small = new GroupQueues(2, true, clock);
        small.assigned(ONE, null);
        small.lineUp(event("finance", ONE, 10));
        small.lineUp(event("sales", ONE, 11));
        var update = small.begin("finance");

        var underWay = small.isFull();
        small.done(update);

        assertThat(underWay).isTrue();
        assertThat(small.isFull()).isFalse();
    }

    @Test
    void hasNoRoomForAnUpdateThatIsTriedAgain() {
        var small = new GroupQueues(1, true, clock);
        small.assigned(ONE, null);
        small.lineUp(event("finance", ONE, 10));

        small.tryAgain(small.begin("finance"), clock.instant());

        assertThat(small.isFull()).isTrue();
    }

    @Test
    void isFullWhenOnePartitionCannotNoteMore() {
        read(ONE, 10);
        read(TWO, 20);
        read(ONE, 10 + OffsetTracker.LONGEST_SPAN);

        var full = inHand.isFull();

        assertThat(full).isTrue();
    }

    // --- A stop ---

    @Test
    void beginsNothingOnceItStops() {
        arrives("finance", ONE, 10);
        arrives("sales", ONE, 11);
        arrives("sales", ONE, 12);
        var underWay = begin("sales");

        inHand.stop();

        assertThat(inHand.begin("finance")).isNull();
        assertThat(inHand.done(underWay)).isNull();
        assertThat(arrives("hr", ONE, 13)).isNull();
        assertThat(inHand.due()).isEmpty();
        assertThat(inHand.isFull()).isTrue();
        assertThat(inHand.committable()).containsEntry(ONE, new OffsetAndMetadata(10, "done:10:Ag=="));
    }

    // --- Partitions that leave ---

    @Test
    void givesUpWhatWaitsAndSaysWhatIsDone() throws Exception {
        arrives("finance", ONE, 10);
        arrives("finance", ONE, 11);
        arrives("finance", ONE, 12);
        inHand.done(begin("finance"));

        var offsets = inHand.giveUp(List.of(ONE), LONG);

        assertThat(offsets).isEqualTo(Map.of(ONE, new OffsetAndMetadata(11, "")));
        assertThat(inHand.begin("finance")).isNull();
        assertThat(inHand.committable()).isEmpty();
    }

    @Test
    void keepsWhatWaitsOfOtherPartitions() throws Exception {
        arrives("finance", ONE, 10);
        arrives("finance", TWO, 20);
        arrives("sales", TWO, 21);

        var offsets = inHand.giveUp(List.of(ONE), LONG);

        assertThat(offsets).containsOnlyKeys(ONE);
        assertThat(inHand.begin("finance")).hasToString("updates-2-20");
        assertThat(inHand.begin("sales")).hasToString("updates-2-21");
        assertThat(inHand.committable()).containsOnlyKeys(TWO);
    }

    @Test
    void waitsForNothingOfOtherPartitions() throws Exception {
        arrives("finance", ONE, 10);
        arrives("sales", TWO, 20);
        var underWay = begin("sales");

        var offsets = inHand.giveUp(List.of(ONE), LONG);

        assertThat(offsets).isEqualTo(Map.of(ONE, new OffsetAndMetadata(10, "")));
        assertThat(inHand.done(underWay)).isNull();
        assertThat(inHand.committable()).containsEntry(TWO, new OffsetAndMetadata(21, ""));
    }

    @Test
    void finishesWhatIsUnderWayBeforeAPartitionLeaves() throws Exception {
        arrives("finance", ONE, 10);
        arrives("finance", ONE, 11);
        var underWay = begin("finance");
        var leaving = leaving(ONE);

        var line = inHand.done(underWay);

        assertThat(line).isNull();
        assertThat(leaving.get(3, TimeUnit.MINUTES)).isEqualTo(Map.of(ONE, new OffsetAndMetadata(11, "")));
    }

    @Test
    void triesNothingAgainOfAPartitionThatLeaves() throws Exception {
        arrives("finance", ONE, 10);
        arrives("finance", ONE, 11);
        var underWay = begin("finance");
        var leaving = leaving(ONE);

        inHand.tryAgain(underWay, clock.instant());

        assertThat(leaving.get(3, TimeUnit.MINUTES)).isEqualTo(Map.of(ONE, new OffsetAndMetadata(10, "")));
        assertThat(inHand.due()).isEmpty();
    }

    @Test
    void goesOnWithAGroupWhoseFirstUpdateLeft() throws Exception {
        arrives("finance", ONE, 10);
        arrives("finance", TWO, 20);
        var underWay = begin("finance");
        var leaving = leaving(ONE);

        inHand.tryAgain(underWay, clock.instant());

        assertThat(leaving.get(3, TimeUnit.MINUTES)).containsOnlyKeys(ONE);
        assertThat(inHand.due()).containsExactly("finance");
        assertThat(inHand.begin("finance")).hasToString("updates-2-20");
    }

    @Test
    void takesNothingOfAPartitionThatLeaves() throws Exception {
        arrives("finance", ONE, 10);
        var underWay = begin("finance");
        var leaving = leaving(ONE);

        var line = arrives("sales", ONE, 11);

        assertThat(line).isNull();
        inHand.done(underWay);
        assertThat(leaving.get(3, TimeUnit.MINUTES)).containsOnlyKeys(ONE);
    }

    @Test
    void waitsNoLongerThanItsPatience() throws Exception {
        arrives("finance", ONE, 10);
        begin("finance");

        var offsets = inHand.giveUp(List.of(ONE), Duration.ZERO);

        assertThat(offsets).isEqualTo(Map.of(ONE, new OffsetAndMetadata(10, "")));
    }

    @Test
    void keepsTheOrderOfAGroupWhenAPartitionComesBackTooSoon() throws Exception {
        arrives("finance", ONE, 10);
        var late = begin("finance");
        var offsets = inHand.giveUp(List.of(ONE), Duration.ZERO);
        inHand.assigned(ONE, offsets.get(ONE));
        arrives("finance", ONE, 10);

        var early = inHand.begin("finance");
        var line = inHand.done(late);

        assertThat(early).isNull();
        assertThat(line).isEqualTo("finance");
        assertThat(inHand.begin("finance")).isNotSameAs(late).hasToString("updates-1-10");
        assertThat(inHand.committable()).containsEntry(ONE, new OffsetAndMetadata(10, ""));
    }

    @Test
    void hasRoomAgainForWhatWasGivenUp() throws Exception {
        var small = new GroupQueues(2, true, clock);
        small.assigned(ONE, null);
        small.lineUp(event("finance", ONE, 10));
        small.lineUp(event("sales", ONE, 11));
        var late = small.begin("finance");

        small.giveUp(List.of(ONE), Duration.ZERO);
        small.tryAgain(late, clock.instant());

        small.assigned(ONE, null);
        small.lineUp(event("finance", ONE, 10));
        assertThat(small.isFull()).isFalse();
        small.lineUp(event("sales", ONE, 11));
        assertThat(small.isFull()).isTrue();
    }

    @Test
    void givesUpNothingOfPartitionsOfOthers() throws Exception {
        arrives("finance", ONE, 10);

        var offsets = inHand.giveUp(List.of(new TopicPartition("updates", 3)), LONG);

        assertThat(offsets).isEmpty();
        assertThat(inHand.begin("finance")).hasToString("updates-1-10");
    }

    /** The partition is given up by another thread, which by now waits for what is under way. */
    private CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> leaving(TopicPartition partition) {
        var left = new CompletableFuture<Map<TopicPartition, OffsetAndMetadata>>();
        var thread = new Thread(
                () -> {
                    try {
                        left.complete(inHand.giveUp(List.of(partition), LONG));
                    } catch (InterruptedException e) {
                        left.completeExceptionally(e);
                    }
                },
                "leaving");
        thread.setDaemon(true);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING || left.isDone());
        assertThat(left).isNotDone();
        return left;
    }

    /** An update is read and lined up: the line, if somebody should go and work on it. */
    private @Nullable String arrives(String group, TopicPartition partition, long offset) {
        read(partition, offset);
        return inHand.lineUp(event(group, partition, offset));
    }

    private boolean read(TopicPartition partition, long offset) {
        return inHand.read(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, null));
    }

    private PendingUpdate begin(String line) {
        var update = inHand.begin(line);
        assertThat(update).isNotNull();
        return update;
    }

    private static GroupUpdateEvent event(String group, TopicPartition partition, long offset) {
        return new GroupUpdateEvent.Valid(
                source(partition, offset), "e-" + offset, new GroupUpdate(group, Map.of("name", "n")));
    }

    private static SourceRecord source(TopicPartition partition, long offset) {
        return new SourceRecord(partition, offset, 0, null, null, new RecordHeaders());
    }
}
