package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.sandbox.ReceivedRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Judges the requests that the Zoom stand-in has received. */
final class Ledger {

    private final Map<String, List<ReceivedRequest>> byGroup;

    private Ledger(List<ReceivedRequest> requests) {
        byGroup = requests.stream()
                .collect(Collectors.groupingBy(ReceivedRequest::groupId, LinkedHashMap::new, Collectors.toList()));
    }

    static Ledger of(List<ReceivedRequest> requests) {
        return new Ledger(requests);
    }

    /** Two requests for one group never overlap. */
    Ledger neverOverlapsInAGroup() {
        byGroup.forEach((group, requests) -> {
            for (var i = 1; i < requests.size(); i++) {
                assertThat(requests.get(i).begun())
                        .as("request %d of group %s begins after the one before ended", i, group)
                        .isGreaterThanOrEqualTo(requests.get(i - 1).ended());
            }
        });
        return this;
    }

    /** The names, which are numbers, never decrease within a group. */
    Ledger neverGoesBackInAGroup() {
        byGroup.forEach((group, requests) -> assertThat(requests.stream()
                        .map(request -> Integer.valueOf(request.fields().get("name")))
                        .toList())
                .as("names of group %s", group)
                .isSorted());
        return this;
    }
}
