package groupsync.names;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import groupsync.event.Events;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.Outcome;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.queue.GroupQueues;
import groupsync.queue.OwnedPartitions;
import groupsync.queue.PendingUpdate;
import groupsync.queue.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes between: each name is resolved as if the events of the partition were applied one after the other. */
class UnresolvedEventsOrderTest {

    private static final TopicPartition ONE = new TopicPartition("updates", 1);
    private static final List<String> GROUPS = List.of("g1", "g2", "g3");
    private static final int EVENTS = 40;

    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final GroupNames names = new GroupNames(clock);
    private final OwnedPartitions partitions = new OwnedPartitions();
    private final GroupQueues queues =
            new GroupQueues(1_000, false, partitions, new UnresolvedEvents(names), () -> true, clock);
    private final Workers workers = new Workers(queues);
    private final Map<String, String> zoom = new HashMap<>(Map.of("g1", "a", "g2", "b", "g3", "c"));

    /** What became of each event, by its offset: the group it was applied to, or why it was refused. */
    private final Map<Long, String> became = new TreeMap<>();

    private final List<PendingUpdate> underWay = new ArrayList<>();
    private @Nullable Map<String, String> answer;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void resolvesNamesAsIfEventsWereAppliedOneAfterTheOther(int tens) {
        for (var seed = tens * 100; seed < tens * 100 + 100; seed++) {
            became.clear();
            zoom.putAll(Map.of("g1", "a", "g2", "b", "g3", "c"));
            var chance = new Random(seed);
            var events = events(chance);
            var expected = oneAfterTheOther(events);
            // Else Zoom would have changed behind our back.
            queues.assigned(ONE, null);

            run(events, chance);

            assertThat(became).as("seed %s", seed).isEqualTo(expected);
        }
    }

    private void run(List<GroupUpdateEvent> events, Random chance) {
        var read = 0;
        while (became.size() < EVENTS) {
            switch (chance.nextInt(5)) {
                case 0 -> {
                    if (read < EVENTS) {
                        var event = events.get(read++);
                        partitions.read(new ConsumerRecord<>(
                                "updates", 1, event.source().offset(), null, null));
                        queues.add(event);
                    }
                }
                case 1 -> {
                    if (answer == null && queues.needsNames()) {
                        names.startListing();
                        answer = Map.copyOf(zoom);
                    } else if (answer != null) {
                        // As it was at any time between.
                        names.listed(chance.nextBoolean() ? answer : Map.copyOf(zoom));
                        answer = null;
                    }
                }
                case 2 -> workers.takeAll();
                case 3 -> begin(chance);
                default -> {
                    if (!underWay.isEmpty()) {
                        isDone(underWay.remove(chance.nextInt(underWay.size())), chance);
                    }
                }
            }
        }
    }

    /** Zoom has the request at once, and the answer takes its time. */
    private void begin(Random chance) {
        var names = queues.queues().stream().sorted().toList();
        var update = names.isEmpty() ? null : workers.find(names.get(chance.nextInt(names.size())));
        if (update == null) {
            return;
        }
        if (update.event() instanceof GroupUpdateEvent.Valid valid) {
            update.attempted(clock.instant());
            zoom.put(
                    valid.update().groupId(),
                    Objects.requireNonNull(valid.update().name()));
        }
        underWay.add(update);
    }

    /** At times the answer is lost, and the same is tried again. */
    private void isDone(PendingUpdate update, Random chance) {
        if (chance.nextInt(5) == 0) {
            queues.putBack(update, Duration.ZERO);
            return;
        }
        var event = update.event();
        if (event instanceof GroupUpdateEvent.Invalid invalid) {
            became.put(event.source().offset(), invalid.reason().toString());
            conclude(update, Status.REJECTED, invalid.reason());
        } else {
            became.put(event.source().offset(), event.groupId().orElseThrow());
            conclude(update, Status.APPLIED, null);
        }
        queues.acknowledge(update);
    }

    private void conclude(PendingUpdate update, Status status, @Nullable Reason reason) {
        update.conclude(List.of(Outcome.of(
                update.event(), update.attempts(), status, reason, null, null, null, null, null, clock.instant())));
    }

    private static List<GroupUpdateEvent> events(Random chance) {
        var events = new ArrayList<GroupUpdateEvent>();
        for (var offset = 0; offset < EVENTS; offset++) {
            events.add(
                    chance.nextInt(3) == 0
                            ? Events.update(GROUPS.get(chance.nextInt(3)), name(chance))
                                    .at(ONE, offset)
                            : Events.byName(name(chance), name(chance)).at(ONE, offset));
        }
        return events;
    }

    private static String name(Random chance) {
        return List.of("a", "b", "c", "d", "e", "f", "g", "h").get(chance.nextInt(8));
    }

    private Map<Long, String> oneAfterTheOther(List<GroupUpdateEvent> events) {
        var groups = new HashMap<>(zoom);
        var expected = new TreeMap<Long, String>();
        for (var event : events) {
            var called = event.groupName()
                    .map(name -> groups.keySet().stream()
                            .filter(group -> groups.get(group).equals(name))
                            .toList())
                    .orElseGet(() -> List.of(event.groupId().orElseThrow()));
            var became = called.size() == 1
                    ? called.get(0)
                    : (called.isEmpty() ? Reason.GROUP_NOT_FOUND : Reason.GROUP_AMBIGUOUS).toString();
            expected.put(event.source().offset(), became);
            if (called.size() == 1) {
                var fields = event instanceof GroupUpdateEvent.ByName byName
                        ? byName.fields()
                        : ((GroupUpdateEvent.Valid) event).update().fields();
                groups.put(called.get(0), (String) Objects.requireNonNull(fields.get("name")));
            }
        }
        return expected;
    }
}
