package groupsync.deadletters;

import groupsync.deadletters.print.LetterJson;
import groupsync.deadletters.print.LetterTable;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.Letters;
import groupsync.tool.Json;
import groupsync.tool.Program;
import picocli.CommandLine.Command;

/** Lists letters while it reads them, so that a million take no more memory than one. */
@Command(
        name = "list",
        description = "Lists dead letters, partition by partition, the oldest of each first; times are UTC.")
final class ListCommand extends LettersCommand {

    @Override
    int run(KafkaCluster cluster, Letters letters) {
        var out = out();
        var table = new LetterTable(tool().terminal());
        var progress = progress("Reading");
        if (!isJson()) {
            out.println(table.header());
        }
        // An error may mean that the reader has read enough, such as head(1).
        letters.forEach(progress, out::checkError, letter -> {
            progress.ended();
            out.println(isJson() ? Json.write(LetterJson.of(letter)) : table.row(letter));
        });
        return Program.DONE;
    }
}
