package groupsync.faults;

import groupsync.sandbox.ReceivedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Judges a run by the requests to Zoom and the records of the topics, and by nothing that the service reports of itself.
 *
 * <p>The name in a request is the number of its event.
 */
final class Oracle {

    private static final int EXAMPLES = 3;

    private final Evidence evidence;
    private final Map<String, List<ReceivedRequest>> patches;
    private final Map<Integer, Event> byNumber;
    private final Set<Integer> deserving;
    private final Map<String, List<String>> faults = new LinkedHashMap<>();

    /** @param deserving the numbers of the events that were made to become dead letters */
    Oracle(Evidence evidence, Set<Integer> deserving) {
        this.evidence = evidence;
        this.deserving = deserving;
        byNumber = evidence.sent().stream().collect(Collectors.toMap(Event::number, Function.identity()));
        patches = evidence.requests().stream()
                .filter(request -> request.method().equals("PATCH"))
                .sorted(Comparator.comparingLong(ReceivedRequest::begun))
                .collect(Collectors.groupingBy(ReceivedRequest::groupId));
    }

    /** Every event has an outcome, and each APPLIED one has an applied request. */
    Oracle noEventIsLost() {
        var applied = patches.values().stream()
                .flatMap(List::stream)
                .filter(request -> request.status() == 204)
                .map(Oracle::number)
                .collect(Collectors.toSet());
        for (var event : evidence.sent()) {
            var outcomes = evidence.outcomes().getOrDefault(event.place(), List.of());
            if (outcomes.isEmpty()) {
                fault("lost", "event " + event + " has no outcome");
            }
            for (var outcome : outcomes) {
                var status = outcome.path("status").asText();
                if (status.equals("APPLIED") && !outcome.has("mergedInto") && !applied.contains(event.number())) {
                    fault("said to be applied", event + " was never answered 204");
                }
            }
        }
        return this;
    }

    /** Two requests of a group never overlap, whether from one instance or from several. */
    Oracle noRequestsOfAGroupOverlap() {
        patches.forEach((group, requests) -> {
            for (var i = 1; i < requests.size(); i++) {
                if (requests.get(i).begun() < requests.get(i - 1).ended()) {
                    fault("overlap", group + ": " + number(requests.get(i - 1)) + " and " + number(requests.get(i)));
                }
            }
        });
        return this;
    }

    /**
     * The updates of a group arrive in their order. Only a disturbance of the instances may set a group back, and never
     * to a committed event.
     *
     * @param disturbances the times of the disturbances, in nanoseconds
     * @param settling the time after a disturbance in which a group may go back
     */
    Oracle aGroupGoesBackOnlyToWhatWasNotCommitted(List<Long> disturbances, Duration settling) {
        patches.forEach((group, requests) -> {
            for (var i = 0; i < requests.size(); i++) {
                var request = requests.get(i);
                var number = number(request);
                var event = byNumber.get(number);
                var committed = event == null ? null : evidence.commits().firstSeen(event.place());
                if (committed != null && committed < request.begun()) {
                    fault("committed and sent again", event + " after " + ms(request.begun() - committed) + " ms");
                }
                if (i > 0 && number < number(requests.get(i - 1))) {
                    var before = requests.get(i - 1).begun();
                    var excused = disturbances.stream()
                            .anyMatch(time -> time <= request.begun() && before <= time + settling.toNanos());
                    if (!excused) {
                        fault("set back", group + ": " + number + " after " + number(requests.get(i - 1)));
                    }
                }
            }
        });
        return this;
    }

    /**
     * No event is sent for the first time after a later one of its group, whatever the disturbances. With merging, this
     * cannot be judged: the request of the later event may have carried the earlier one too, which is then sent alone
     * after a restart.
     */
    Oracle noEventIsOvertaken() {
        patches.forEach((group, requests) -> {
            var begun = new HashSet<Integer>();
            var latest = -1;
            for (var request : requests) {
                var number = number(request);
                if (begun.add(number) && number < latest) {
                    fault("overtaken", group + ": " + number + " is sent for the first time after " + latest);
                }
                latest = Math.max(latest, number);
            }
        });
        return this;
    }

    Oracle nothingIsCommittedBeforeItsOutcome() {
        evidence.aheadOfOutcomes().forEach(place -> fault("commit ahead of outcome", place.toString()));
        return this;
    }

    Oracle deadLettersAreOnlyForThoseThatDeserveThem() {
        for (var event : evidence.sent()) {
            var is = evidence.deadLetters().contains(event.place());
            if (is != deserving.contains(event.number())) {
                fault("dead letter", event + (is ? " became one" : " became none"));
            }
        }
        return this;
    }

    /** Each group at Zoom has the name of its last event, or of the last one that can be applied. */
    Oracle zoomIsAsTheLastEventsWantIt(Function<String, Map<String, String>> settings) {
        var last = new LinkedHashMap<String, Integer>();
        evidence.sent().stream()
                .filter(event -> !deserving.contains(event.number()))
                .forEach(event -> last.merge(event.group(), event.number(), Math::max));
        last.forEach((group, number) -> {
            var is = settings.apply(group).get("name");
            if (!String.valueOf(number).equals(is)) {
                fault("final state", group + " is " + is + " instead of " + number);
            }
        });
        return this;
    }

    int count(String fault) {
        return faults.getOrDefault(fault, List.of()).size();
    }

    /** The faults, a line for each kind. */
    List<String> faults() {
        return faults.entrySet().stream()
                .map(fault -> fault.getKey() + " " + fault.getValue().size() + " times, such as "
                        + fault.getValue()
                                .subList(0, Math.min(EXAMPLES, fault.getValue().size())))
                .toList();
    }

    private void fault(String kind, String example) {
        faults.computeIfAbsent(kind, key -> new ArrayList<>()).add(example);
    }

    private static int number(ReceivedRequest request) {
        return Integer.parseInt(request.fields().getOrDefault("name", "-1"));
    }

    private static long ms(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
