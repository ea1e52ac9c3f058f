package groupsync.faults;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.sandbox.ReceivedRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The facts about a run.
 *
 * @param requests all requests to Zoom
 * @param outcomes by the place of their event
 * @param deadLetters the places of the events with a dead letter
 * @param aheadOfOutcomes the places of committed events without an outcome
 */
record Evidence(
        List<Event> sent,
        List<ReceivedRequest> requests,
        Map<Place, List<JsonNode>> outcomes,
        Set<Place> deadLetters,
        Commits commits,
        List<Place> aheadOfOutcomes) {}
