package groupsync.deadletters;

import groupsync.deadletters.print.History;
import groupsync.deadletters.print.LetterJson;
import groupsync.deadletters.print.LetterPage;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.Letters;
import groupsync.deadletters.topic.ReplayTopic;
import groupsync.deadletters.topic.TopicReader;
import groupsync.tool.Json;
import groupsync.tool.Program;
import groupsync.tool.TerminalText;
import groupsync.tool.ToolException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one letter: its reason, its event and the history of the event. */
@Command(
        name = "show",
        description =
                "Shows one dead letter: why it was refused, its event, and the outcomes and replays of that event.")
final class ShowCommand extends LettersCommand {

    private static final Pattern POSITION = Pattern.compile("(\\d{1,9})[@:](\\d{1,18})");

    @Parameters(
            paramLabel = "LETTER",
            description = "Its partition and offset in the dead-letter topic, such as 0@17 or 0:17, or the id of the"
                    + " event; of several letters of one event, the last.")
    private String wanted = "";

    private @Nullable DeadLetter found;
    private int matches;

    @Override
    public Integer call() {
        var position = POSITION.matcher(wanted);
        if (position.matches()) {
            filter.only(Integer.parseInt(position.group(1)), Long.parseLong(position.group(2)));
        } else {
            filter.only(wanted);
        }
        return super.call();
    }

    @Override
    int run(KafkaCluster cluster, Letters letters) {
        letters.forEach(progress("Looking"), this::choose);
        var letter = found;
        if (letter == null) {
            throw new ToolException("there is no dead letter " + TerminalText.printable(wanted));
        }
        var history = new History(letter);
        try (var notes = new ReplayTopic(cluster);
                var outcomes = TopicReader.ofOutcomes(cluster)) {
            notes.catchUp(history::add, progress("Reading replays"));
            outcomes.catchUp(history::add, progress("Reading outcomes"));
        }
        if (isJson()) {
            out().println(Json.write(LetterJson.of(letter, history)));
        } else {
            new LetterPage(letter, history, tool().terminal()).lines().forEach(out()::println);
        }
        if (matches > 1) {
            err().println("The last of " + matches + " letters; all of them: list --event "
                    + letter.eventId().map(TerminalText::printable).orElse(""));
        }
        return Program.DONE;
    }

    private void choose(DeadLetter letter) {
        matches++;
        if (found == null || !letter.refusedAt().isBefore(found.refusedAt())) {
            found = letter;
        }
    }
}
