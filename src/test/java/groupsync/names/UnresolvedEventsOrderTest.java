package groupsync.names;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.Events;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.queue.PendingUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In any course of events, each name is resolved as if the events of the partition were applied one after the other. */
class UnresolvedEventsOrderTest extends NamesFixture {

    private static final List<String> GROUPS = List.of("g1", "g2", "g3");
    private static final int EVENTS = 40;

    private final Map<String, String> zoom = new HashMap<>(Map.of("g1", "a", "g2", "b", "g3", "c"));

    /** For each offset, the group that the event was applied to, or the reason of its refusal. */
    private final Map<Long, String> results = new TreeMap<>();

    private final List<PendingUpdate> inFlight = new ArrayList<>();
    private @Nullable Map<String, String> list;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void resolvesNamesAsIfEventsWereAppliedOneAfterTheOther(int tens) {
        for (var seed = tens * 100; seed < tens * 100 + 100; seed++) {
            results.clear();
            zoom.putAll(Map.of("g1", "a", "g2", "b", "g3", "c"));
            var chance = new Random(seed);
            var events = events(chance);
            var expected = oneAfterTheOther(events);
            // Otherwise the names of the seed before would be known.
            queues.assigned(ONE, null);

            run(events, chance);

            assertThat(results).as("seed %s", seed).isEqualTo(expected);
        }
    }

    private void run(List<GroupUpdateEvent> events, Random chance) {
        var read = 0;
        while (results.size() < EVENTS) {
            switch (chance.nextInt(5)) {
                case 0 -> {
                    if (read < EVENTS) {
                        add(events.get(read++));
                    }
                }
                case 1 -> {
                    if (list == null && queues.needsNames()) {
                        names.startListing();
                        list = Map.copyOf(zoom);
                    } else if (list != null) {
                        // A list shows the groups of any time between request and reply.
                        names.listed(chance.nextBoolean() ? list : Map.copyOf(zoom));
                        list = null;
                    }
                }
                case 2 -> takeAll();
                case 3 -> send(chance);
                default -> {
                    if (!inFlight.isEmpty()) {
                        reply(inFlight.remove(chance.nextInt(inFlight.size())), chance);
                    }
                }
            }
        }
    }

    /** Zoom has the request at once, and its reply comes later. */
    private void send(Random chance) {
        var names = queues.queues().stream().sorted().toList();
        var update = names.isEmpty() ? null : find(names.get(chance.nextInt(names.size())));
        if (update == null) {
            return;
        }
        if (update.event() instanceof GroupUpdateEvent.Valid valid) {
            update.attempted(clock.instant());
            zoom.put(
                    valid.update().groupId(),
                    Objects.requireNonNull(valid.update().name()));
        }
        inFlight.add(update);
    }

    /** Some replies are lost, and the update is tried again. */
    private void reply(PendingUpdate update, Random chance) {
        if (chance.nextInt(5) == 0) {
            queues.putBack(update, Duration.ZERO);
            return;
        }
        var event = update.event();
        if (event instanceof GroupUpdateEvent.Invalid invalid) {
            results.put(event.source().offset(), invalid.reason().toString());
            finish(update, Status.REJECTED, invalid.reason());
        } else {
            results.put(event.source().offset(), event.groupId().orElseThrow());
            finish(update, Status.APPLIED, null);
        }
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
            var called = Optional.ofNullable(event.reference().name())
                    .map(name -> groups.keySet().stream()
                            .filter(group -> groups.get(group).equals(name))
                            .toList())
                    .orElseGet(() -> List.of(event.groupId().orElseThrow()));
            var result = called.size() == 1
                    ? called.get(0)
                    : (called.isEmpty() ? Reason.GROUP_NOT_FOUND : Reason.GROUP_AMBIGUOUS).toString();
            expected.put(event.source().offset(), result);
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
