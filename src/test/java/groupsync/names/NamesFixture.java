package groupsync.names;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import groupsync.event.Events;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.Outcome.Status;
import groupsync.event.Outcomes;
import groupsync.event.Reason;
import groupsync.queue.GroupQueues;
import groupsync.queue.OwnedPartitions;
import groupsync.queue.PendingUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** Queues behind events that name their group, and their  */
abstract class NamesFixture {

    static final TopicPartition ONE = new TopicPartition("updates", 1);
    static final TopicPartition TWO = new TopicPartition("updates", 2);
    static final Map<String, String> FINANCE = Map.of("g1", "Finance");

    final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    final GroupNames names = new GroupNames(clock);
    /** The other name that a group may have; by default none. */
    Function<String, Optional<String>> otherName = name -> Optional.empty();

    final OwnedPartitions partitions = new OwnedPartitions();
    final GroupQueues queues = queues(1_000);
    private final Map<String, PendingUpdate> taken = new LinkedHashMap<>();

    @BeforeEach
    void ownTwoPartitions() {
        queues.assigned(ONE, null);
        queues.assigned(TWO, null);
    }

    GroupQueues queues(int capacity) {
        return new GroupQueues(
                capacity,
                true,
                partitions,
                new UnresolvedEvents(names, name -> otherName.apply(name)),
                () -> true,
                clock);
    }

    void add(GroupUpdateEvent event) {
        var partition = event.source().partition();
        partitions.read(new ConsumerRecord<>(
                partition.topic(), partition.partition(), event.source().offset(), null, null));
        queues.add(event);
    }

    void zoomLists(Map<String, String> groups) {
        names.startListing();
        names.listed(groups);
    }

    /** The update and its members have this outcome, which is published. */
    void finish(PendingUpdate update, Status status, @Nullable Reason reason) {
        var outcome = Outcomes.refused(status, reason, null).build();
        update.conclude(Collections.nCopies(update.members().size(), outcome));
        queues.acknowledge(update);
    }

    /** Takes each update that can be taken now, and returns the names of their queues. */
    List<String> takeAll() {
        var queuesOfTaken = new ArrayList<String>();
        for (var update = poll(); update != null; update = poll()) {
            queuesOfTaken.add(update.event().queue());
            taken.put(update.event().queue(), update);
        }
        return queuesOfTaken;
    }

    private @Nullable PendingUpdate poll() {
        try {
            return queues.poll(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The taken update of this queue; {@code null} if there is none. */
    @Nullable
    PendingUpdate find(String queue) {
        takeAll();
        return taken.remove(queue);
    }

    PendingUpdate take(String queue) {
        return Objects.requireNonNull(find(queue), queue);
    }

    PendingUpdate takeMerged(String queue) {
        var update = take(queue);
        queues.merge(update);
        return update;
    }

    static GroupUpdateEvent byId(String group, String name, long offset) {
        return Events.update(group, name).at(ONE, offset);
    }

    static GroupUpdateEvent byName(String name, long offset) {
        return Events.byName(name, name).at(ONE, offset);
    }

    /** The queue of an event that can be taken then. */
    @Nullable
    String arrives(GroupUpdateEvent event) {
        add(event);
        return takeAll().stream().findFirst().orElse(null);
    }

    void isHeldForTheList(GroupUpdateEvent event) {
        assertThat(arrives(event)).isNull();
        assertThat(queues.needsNames()).isTrue();
    }

    void apply(String queue) {
        var update = take(queue);
        update.attempted(clock.instant());
        finish(update, Status.APPLIED, null);
    }
}
