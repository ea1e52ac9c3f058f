package groupsync.faults;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.sandbox.ReceivedRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a run.
 *
 * @param requests all that Zoom was sent
 * @param outcomes by the event that they are for
 * @param deadLetters the events that there are dead letters for
 * @param aheadOfOutcomes where a commit was seen and the outcome was not there
 */
record Evidence(
        List<Event> sent,
        List<ReceivedRequest> requests,
        Map<Place, List<JsonNode>> outcomes,
        Set<Place> deadLetters,
        Commits commits,
        List<Place> aheadOfOutcomes) {}
