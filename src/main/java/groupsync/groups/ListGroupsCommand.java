package groupsync.groups;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import groupsync.names.GroupIdLine;
import groupsync.tool.Json;
import groupsync.tool.Program;
import groupsync.tool.ProgressBar;
import groupsync.zoom.ContactGroups;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the groups of the account, once Zoom has given all of them. */
@Command(
        name = "list",
        description = {
            "Lists the groups of the Zoom account by name.",
            "As CSV, the list is a table of ids for zoom.group-ids-file: the ids of IM groups are the old ones, those of"
                    + " contact groups the new ones."
        })
final class ListGroupsCommand implements Callable<Integer> {

    private static final ObjectWriter CSV = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build()
            .writer(CsvSchema.emptySchema());

    @Parameters(
            arity = "0..1",
            paramLabel = "FAMILY",
            description = "${COMPLETION-CANDIDATES}: which groups; by default those of zoom.groups.")
    private @Nullable Family family;

    @Option(
            names = "--output",
            defaultValue = "table",
            paramLabel = "FORM",
            description = "${COMPLETION-CANDIDATES}: for people, a table of ids in UTF-8, or JSON lines for scripts.")
    private Form form = Form.TABLE;

    @Option(
            names = "--match",
            paramLabel = "FILE",
            description =
                    "Instead of the contact groups, lists the old groups in this CSV, which 'groups list im --output"
                            + " csv' wrote earlier, each with the id of the contact group of its name.")
    private @Nullable Path match;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws JsonProcessingException {
        var tool = (GroupsCommand) spec.parent().userObject();
        var settings = tool.settings().apply(family == null ? Map.of() : Map.of("zoom.groups", family.toString()));
        var api = settings.zoom().groups();
        if (match != null && !(api instanceof ContactGroups)) {
            throw new ParameterException(spec.commandLine(), "--match is for contact groups: groups list contacts");
        }
        var err = spec.commandLine().getErr();
        var old = match == null ? List.<GroupRow>of() : Draft.read(match);
        var names = new AccountGroups(settings, tool.steady()).list(new ProgressBar("Listing", err, tool.terminal()));
        if (match == null) {
            print(GroupRow.of(names, api), tool);
        } else {
            var draft = new Draft(old, names, api::otherName);
            print(draft.rows(), tool);
            err.println(draft.summary());
            err.flush();
        }
        return Program.DONE;
    }

    private void print(List<GroupRow> rows, GroupsCommand tool) throws JsonProcessingException {
        var out = spec.commandLine().getOut();
        switch (form) {
            case TABLE -> new GroupTable(tool.terminal(), rows).lines().forEach(out::println);
            case JSON -> rows.forEach(row -> out.println(Json.write(row)));
            case CSV -> {
                var csv = new PrintWriter(tool.out(), false, StandardCharsets.UTF_8);
                csv.print(CSV.writeValueAsString(GroupIdLine.HEADER));
                for (var row : rows) {
                    csv.print(CSV.writeValueAsString(List.of(row.oldId(), row.newId(), row.name())));
                }
                csv.flush();
            }
        }
    }

    private enum Family {
        IM,
        CONTACTS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private enum Form {
        TABLE,
        CSV,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
