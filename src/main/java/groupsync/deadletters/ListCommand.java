package groupsync.deadletters;

import groupsync.deadletters.print.LetterJson;
import groupsync.deadletters.print.LetterTable;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.Letters;
import picocli.CommandLine.Command;

/** Lists letters as they are read, so that a million take no more memory than one. */
@Command(
        name = "list",
        description = "Lists dead letters, partition by partition, the oldest of each first; times are UTC.")
final class ListCommand extends LettersCommand {

    ListCommand(ToolContext tool) {
        super(tool);
    }

    @Override
    int run(KafkaCluster cluster, Letters letters) {
        var out = out();
        var table = new LetterTable(tool.terminal());
        var progress = progress("Reading");
        if (!isJson()) {
            out.println(table.header());
        }
        // An error is that nobody reads on, such as head(1).
        letters.forEach(progress, out::checkError, letter -> {
            progress.hide();
            out.println(isJson() ? ToolContext.json(LetterJson.of(letter)) : table.row(letter));
        });
        return DONE;
    }
}
