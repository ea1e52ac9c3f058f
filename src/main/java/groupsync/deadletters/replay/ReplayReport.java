package groupsync.deadletters.replay;

import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.Replay;
import groupsync.tool.Json;
import groupsync.tool.TerminalText;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** Prints a replay, for people or as JSON lines for scripts. */
public record ReplayReport(String updates, boolean isJson, PrintWriter out, PrintWriter err) {

    /** Prints how many letters are sent, and how many are held back and why. */
    public void planned(ReplaySummary plan) {
        if (isJson) {
            out.println(Json.write(Map.of("plan", plan)));
        } else {
            out.println(TerminalText.count("To send", plan.total()));
            plan.send().forEach((reason, count) -> out.println(TerminalText.count("  " + reason, count)));
            out.println(TerminalText.count(
                    "Held back",
                    plan.heldBack().values().stream().mapToLong(Long::longValue).sum()));
            plan.heldBack()
                    .forEach((decision, count) ->
                            out.println(TerminalText.count("  " + decision, count) + "  " + decision.explanation()));
        }
        out.flush();
    }

    void sent(Replay replay) {
        if (isJson) {
            out.println(Json.write(replay));
            out.flush();
        }
    }

    void tooLarge(DeadLetter letter) {
        err.println(letter.position() + " is too large for the topic " + updates
                + ", and held back: raise its max.message.bytes");
        err.flush();
    }

    void done(ReplaySummary summary) {
        out.println(
                isJson
                        ? Json.write(Map.of("done", summary))
                        : String.format(Locale.ROOT, "%,d sent.", summary.total()));
        out.flush();
    }

    void interrupted() {
        err.println("Interrupted; the same command goes on with the rest.");
        err.flush();
    }
}
