package groupsync.deadletters.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import groupsync.deadletters.print.TerminalText;
import groupsync.deadletters.topic.DeadLetter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How many letters are sent, by their reason, and how many are held back, and why. */
@JsonPropertyOrder({"send", "heldBack"})
public final class ReplaySummary {

    private final Map<String, Long> send = new TreeMap<>();
    private final Map<ReplayDecision, Long> heldBack = new EnumMap<>(ReplayDecision.class);

    public void add(DeadLetter letter, ReplayDecision decision) {
        if (decision == ReplayDecision.SEND) {
            send.merge(letter.reason().orElse("-"), 1L, Long::sum);
        } else {
            heldBack.merge(decision, 1L, Long::sum);
        }
    }

    @JsonProperty("send")
    Map<String, Long> byReason() {
        return send;
    }

    @JsonProperty("heldBack")
    Map<ReplayDecision, Long> heldBack() {
        return heldBack;
    }

    public long sent() {
        return sum(send);
    }

    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(line("To send", sent()));
        send.forEach((reason, count) -> lines.add(line("  " + reason, count)));
        lines.add(line("Held back", sum(heldBack)));
        heldBack.forEach((decision, count) -> lines.add(line("  " + decision, count) + "  " + decision.words()));
        return lines;
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String line(String label, long count) {
        return TerminalText.fit(label, 22, "~") + String.format(Locale.ROOT, "%,9d", count);
    }
}
