package groupsync.deadletters;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How many letters are sent, by their reason, and how many are held back, and why. */
@JsonPropertyOrder({"send", "heldBack"})
final class Tally {

    private final Map<String, Long> send = new TreeMap<>();
    private final Map<Decision, Long> heldBack = new EnumMap<>(Decision.class);

    void add(DeadLetter letter, Decision decision) {
        if (decision == Decision.SEND) {
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
    Map<Decision, Long> heldBack() {
        return heldBack;
    }

    long sent() {
        return sum(send);
    }

    List<String> lines() {
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
        return Text.fit(label, 22, "~") + String.format(Locale.ROOT, "%,9d", count);
    }
}
