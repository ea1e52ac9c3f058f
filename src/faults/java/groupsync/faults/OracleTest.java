package groupsync.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.Topics;
import groupsync.sandbox.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle finds each kind of fault. */
class OracleTest {

    private static final JsonNode APPLIED = Topics.json("{\"status\":\"APPLIED\"}".getBytes(StandardCharsets.UTF_8));

    private final List<Event> sent = new ArrayList<>();
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private final Map<Place, List<JsonNode>> outcomes = new HashMap<>();
    private final Set<Place> deadLetters = new HashSet<>();
    private final Commits commits = new Commits();
    private final List<Place> ahead = new ArrayList<>();
    private List<Long> disturbances = List.of();

    @Test
    void findsNoFaultInAGoodRun() {
        applied("g1", 0, 10, 20);
        applied("g2", 1, 15, 25);
        applied("g1", 2, 20, 30);

        assertThat(faults()).isEmpty();
    }

    @Test
    void findsAnEventWithoutAnOutcome() {
        applied("g1", 0, 10, 20);
        outcomes.clear();

        assertThat(faults()).singleElement().asString().startsWith("lost 1 times");
    }

    @Test
    void findsAnAppliedOutcomeWithoutItsRequest() {
        applied("g1", 0, 10, 20);
        requests.clear();

        assertThat(faults()).singleElement().asString().startsWith("said to be applied 1 times");
    }

    @Test
    void findsTwoRequestsOfAGroupThatOverlap() {
        applied("g1", 0, 10, 20);
        applied("g1", 1, 19, 30);

        assertThat(faults()).singleElement().asString().startsWith("overlap 1 times");
    }

    @Test
    void findsAGroupThatIsSetBackWithoutADisturbance() {
        applied("g1", 0, 10, 20);
        applied("g1", 1, 20, 30);
        request("g1", 0, 30, 40);

        assertThat(faults()).singleElement().asString().startsWith("set back 1 times");
    }

    @Test
    void allowsARestartToSetAGroupBackToItsCommittedOffset() {
        applied("g1", 0, 10, 20);
        applied("g1", 1, 20, 30);
        disturbances = List.of(35L);
        request("g1", 0, 40, 50);
        request("g1", 1, 50, 60);

        assertThat(faults()).isEmpty();
    }

    @Test
    void findsAnEventThatIsSentAgainAfterItWasCommitted() {
        applied("g1", 0, 10, 20);
        applied("g1", 1, 20, 30);
        commits.add(sent.get(0).place(), 32);
        disturbances = List.of(35L);
        request("g1", 0, 40, 50);
        request("g1", 1, 50, 60);

        assertThat(faults()).singleElement().asString().startsWith("committed and sent again 1 times");
    }

    @Test
    void findsAnEventThatOvertakesAnEarlierOneOfItsGroupEvenAcrossARestart() {
        applied("g1", 0, 40, 50);
        applied("g1", 1, 20, 30);
        disturbances = List.of(35L);

        assertThat(faults()).singleElement().asString().startsWith("overtaken 1 times");
    }

    @Test
    void findsACommitAheadOfItsOutcome() {
        ahead.add(new Place(0, 7));

        assertThat(faults()).singleElement().asString().startsWith("commit ahead of outcome 1 times");
    }

    @Test
    void findsADeadLetterThatIsNotDeservedAndOneThatIsMissing() {
        applied("g1", 0, 10, 20);
        applied("g2", 1, 10, 20);
        deadLetters.add(sent.get(0).place());

        assertThat(faults()).isNotEmpty().allMatch(fault -> fault.startsWith("dead letter 1 times"));
        assertThat(new Oracle(evidence(), Set.of(0, 1))
                        .deadLettersAreOnlyForThoseThatDeserveThem()
                        .faults())
                .singleElement()
                .asString()
                .contains("became none");
    }

    @Test
    void findsAGroupWithoutTheNameOfItsLastEvent() {
        applied("g1", 0, 10, 20);

        assertThat(new Oracle(evidence(), Set.of())
                        .zoomIsAsTheLastEventsWantIt(group -> Map.of("name", "7"))
                        .faults())
                .singleElement()
                .asString()
                .startsWith("final state 1 times");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " lent:7@1795460000000-1795460002500"})
    void readsCommittedEventsFromTheOffsetAndFromTheNoteInItsMetadata(String otherNote) {
        var note = "done:2:" + Base64.getEncoder().encodeToString(new byte[] {0b101}) + otherNote;

        var done = commits.of(Map.of(new TopicPartition("t", 3), new OffsetAndMetadata(2, note)));

        assertThat(done).containsExactly(new Place(3, 0), new Place(3, 1), new Place(3, 2), new Place(3, 4));
    }

    private void applied(String group, int number, long begun, long ended) {
        sent.add(new Event(group, number, new Place(0, number)));
        outcomes.put(new Place(0, number), List.of(APPLIED));
        request(group, number, begun, ended);
    }

    private void request(String group, int number, long begun, long ended) {
        requests.add(new ReceivedRequest(
                "PATCH", "", group, Map.of(), Map.of(), Map.of("name", String.valueOf(number)), "", begun, ended, 204));
    }

    private Evidence evidence() {
        return new Evidence(sent, requests, outcomes, deadLetters, commits, ahead);
    }

    private List<String> faults() {
        return new Oracle(evidence(), Set.of())
                .noEventIsLost()
                .noRequestsOfAGroupOverlap()
                .aGroupGoesBackOnlyToWhatWasNotCommitted(disturbances, Duration.ZERO)
                .noEventIsOvertaken()
                .nothingIsCommittedBeforeItsOutcome()
                .deadLettersAreOnlyForThoseThatDeserveThem()
                .faults();
    }
}
