package groupsync.deadletters.print;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.LetterHeaders;
import groupsync.tool.Terminal;
import groupsync.tool.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Help.Ansi.Style;

/** A letter as a page for people. */
public final class LetterPage {

    private static final int LABEL = 18;
    private static final String NONE = "(none)";
    private static final String INDENT = "  ";
    /** Lays JSON out in lines, and leaves any other text as it is. */
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
        heading("Dead letter " + letter.position());
        details()
                .forEach((name, value) ->
                        line(name, name.equals("reason") ? terminal.styled(value, Style.fg_yellow) : value));
        heading("Event");
        line("key", TerminalText.printable(letter.key().orElse(NONE)));
        for (var header : letter.headers().ofEvent()) {
            line(header.key(), printable(header));
        }
        add(pretty(letter.value().orElse(NONE)).lines().toList());
        heading("History");
        add(history.lines());
        return lines;
    }

    /** Of several headers of one name the last: an earlier one came with the event. */
    private Map<String, String> details() {
        var details = new LinkedHashMap<String, String>();
        for (var header : letter.headers().own()) {
            var name = header.key().substring(LetterHeaders.PREFIX.length());
            details.remove(name);
            details.put(name, printable(header));
        }
        return details;
    }

    private void heading(String text) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add(terminal.bold(text));
    }

    private void line(String label, String value) {
        lines.add(INDENT + terminal.fit(label, LABEL) + INDENT + value);
    }

    private void add(List<String> more) {
        more.forEach(line -> lines.add(INDENT + TerminalText.printable(line)));
    }

    private static String printable(Header header) {
        return TerminalText.printable(LetterHeaders.text(header));
    }

    private static String pretty(String value) {
        try {
            return PRETTY.writerWithDefaultPrettyPrinter().writeValueAsString(PRETTY.readTree(value));
        } catch (JsonProcessingException e) {
            return value;
        }
    }
}
