package groupsync.deadletters;

import groupsync.deadletters.print.TerminalText;
import groupsync.deadletters.replay.ReplayListener;
import groupsync.deadletters.replay.ReplaySummary;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.Json;
import groupsync.deadletters.topic.Replay;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** Prints a replay, for people or as JSON lines for scripts. */
record ReplayReport(String updates, boolean isJson, PrintWriter out, PrintWriter err) implements ReplayListener {

    void planned(ReplaySummary plan) {
        if (isJson) {
            out.println(Json.write(Map.of("plan", plan)));
        } else {
            out.println(line("To send", plan.total()));
            plan.send().forEach((reason, count) -> out.println(line("  " + reason, count)));
            out.println(line(
                    "Held back",
                    plan.heldBack().values().stream().mapToLong(Long::longValue).sum()));
            plan.heldBack()
                    .forEach((decision, count) ->
                            out.println(line("  " + decision, count) + "  " + decision.explanation()));
        }
        out.flush();
    }

    private static String line(String label, long count) {
        return TerminalText.fit(label, 22, "~") + String.format(Locale.ROOT, "%,9d", count);
    }

    @Override
    public void sent(Replay replay) {
        if (isJson) {
            out.println(Json.write(replay));
            out.flush();
        }
    }

    @Override
    public void tooLarge(DeadLetter letter) {
        err.println(letter.position() + " is too large for the topic " + updates
                + ", and held back: raise its max.message.bytes");
        err.flush();
    }

    @Override
    public void done(ReplaySummary summary) {
        out.println(
                isJson
                        ? Json.write(Map.of("done", summary))
                        : String.format(Locale.ROOT, "%,d sent.", summary.total()));
        out.flush();
    }

    @Override
    public void interrupted() {
        err.println("Interrupted; the same command goes on with the rest.");
        err.flush();
    }
}
