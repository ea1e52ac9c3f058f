package groupsync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A table of outcomes and dead letters, printed as they appear, which checks those of the samples. */
final class OutcomeTable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Sample> missing;
    private long missingLetters;
    private boolean isAsExpected = true;

    /** @param samples by the {@code ce_id} of their outcomes */
    OutcomeTable(Map<String, Sample> samples) {
        missing = new LinkedHashMap<>(samples);
        missingLetters = samples.values().stream().filter(Sample::isRejected).count();
        row("EVENT", "SAMPLE", "OUTCOME", "MESSAGE");
    }

    boolean isComplete() {
        return missing.isEmpty() && missingLetters <= 0;
    }

    /** Whether each sample has its expected outcome, and its dead letter if it was rejected; prints the others. */
    boolean check() {
        missing.values().forEach(sample -> row("", sample.title(), "NO OUTCOME", ""));
        return isComplete() && isAsExpected;
    }

    void add(ConsumerRecord<String, String> published) {
        if (published.topic().equals(Sandbox.DEAD_LETTERS)) {
            missingLetters--;
            row("", "  dead letter", header(published, "dead-letter-reason"), published.value());
            return;
        }
        var outcome = json(published.value());
        var result = (text(outcome, "status") + " " + text(outcome, "reason")).strip();
        var sample = missing.remove(header(published, "ce_id"));
        isAsExpected &= sample == null || result.equals(sample.expected());
        // An event without an id of its own has that of its place in the topic.
        var event = text(outcome, "eventId").startsWith(Sandbox.UPDATES) ? "-" : text(outcome, "eventId");
        row(event, sample == null ? text(outcome, "groupId") : sample.title(), result, text(outcome, "message"));
    }

    private static void row(String event, String sample, String outcome, String message) {
        System.out.printf("%-9s  %-31s  %-26s  %s%n", event, sample, outcome, message);
    }

    private static String text(JsonNode outcome, String field) {
        return outcome.path(field).asText();
    }

    private static String header(ConsumerRecord<String, String> published, String name) {
        var header = published.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(String value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new IllegalStateException("an outcome is no JSON: " + value, e);
        }
    }
}
