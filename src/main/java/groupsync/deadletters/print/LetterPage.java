package groupsync.deadletters.print;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.History;
import groupsync.deadletters.topic.RecordPosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.Style;

/** A letter as a page for people. */
public final class LetterPage {

    private static final int LABEL = 18;
    private static final String INDENT = "  ";
    /** Shows what is JSON in a form that is easier to read, and all else as it came. */
    private static final JsonMapper PRETTY = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final DeadLetter letter;
    private final History history;
    private final Terminal terminal;
    private final List<String> lines = new ArrayList<>();

    public LetterPage(DeadLetter letter, History history, Terminal terminal) {
        this.letter = letter;
        this.history = history;
        this.terminal = terminal;
    }

    public List<String> lines() {
        heading("Dead letter " + letter.place());
        why().forEach((name, value) ->
                line(name, name.equals("reason") ? terminal.styled(value, Style.fg_yellow) : value));
        heading("Event");
        line("key", TerminalText.printable(text(letter.letter().key())));
        for (Header header : letter.eventHeaders()) {
            line(header.key(), TerminalText.printable(DeadLetter.text(header)));
        }
        pretty(text(letter.letter().value()))
                .lines()
                .map(TerminalText::printable)
                .forEach(line -> lines.add(INDENT + line));
        heading("History");
        happened().values().forEach(line -> lines.add(INDENT + line));
        return lines;
    }

    /** Of several headers of one name the last: an earlier one came with the event. */
    private Map<String, String> why() {
        var why = new LinkedHashMap<String, String>();
        for (var header : letter.ownHeaders()) {
            var name = header.key().substring(DeadLetter.PREFIX.length());
            why.remove(name);
            why.put(name, TerminalText.printable(DeadLetter.text(header)));
        }
        return why;
    }

    private void heading(String text) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add(terminal.bold(text));
    }

    private void line(String label, String value) {
        lines.add(INDENT + TerminalText.fit(label, LABEL, terminal.ellipsis()) + INDENT + value);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "(none)" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static String pretty(String value) {
        try {
            return PRETTY.writerWithDefaultPrettyPrinter().writeValueAsString(PRETTY.readTree(value));
        } catch (JsonProcessingException e) {
            return value;
        }
    }

    /** By time. */
    private Map<String, String> happened() {
        var happened = new TreeMap<String, String>();
        for (var outcome : history.outcomes()) {
            var at = outcome.path("completedAt").asText();
            happened.put(
                    at + " outcome " + outcome.path("source"), TerminalText.printable(at + INDENT + outcome(outcome)));
        }
        for (var replay : history.replays()) {
            happened.put(
                    replay.replayedAt() + " replay " + replay.update(),
                    TerminalText.printable(replay.replayedAt() + INDENT + "replayed from " + replay.letter() + " to "
                            + replay.update() + " of " + replay.update().topic()));
        }
        return happened;
    }

    private static String outcome(JsonNode outcome) {
        var place = RecordPosition.of(outcome.path("source"))
                .map(RecordPosition::toString)
                .orElse("");
        return String.join(
                        " ",
                        outcome.path("status").asText(),
                        outcome.path("reason").asText(),
                        place,
                        outcome.path("message").asText())
                .replaceAll(" +", " ")
                .strip();
    }
}
