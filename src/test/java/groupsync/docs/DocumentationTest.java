package groupsync.docs;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.deadletters.DeadLettersCommand;
import groupsync.deadletters.replay.ReplayDecision;
import groupsync.groups.GroupsCommand;
import groupsync.tool.Program;
import groupsync.tool.Terminal;
import groupsync.trial.EventsCommand;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The pages have all commands, options and reasons of the tools. */
class DocumentationTest {

    private static final CommandLine TOOL = Program.with(new DeadLettersCommand(
                            () -> {
                                throw new IllegalStateException("help needs no settings");
                            },
                            new Terminal(80, false, false, true),
                            new BufferedReader(Reader.nullReader()),
                            Clock.systemUTC())
                    .commandLine())
            .getSubcommands()
            .get("dead-letters");

    private final String page = ProjectFile.text("docs/dead-letters.md");

    private static Stream<CommandLine> commands() {
        return TOOL.getSubcommands().values().stream();
    }

    @Test
    void namesEachCommandAndEachOption() {
        assertThat(commands().map(CommandLine::getCommandName))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(page).contains("dead-letters " + command));
        assertThat(commands()
                        .flatMap(command -> command.getCommandSpec().options().stream())
                        .map(option -> option.longestName())
                        .filter(name -> !name.matches("--help|--version")))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(page).contains("`" + option));
    }

    @Test
    void namesEachReasonToHoldALetterBack() {
        assertThat(ReplayDecision.values())
                .filteredOn(decision -> decision != ReplayDecision.SEND)
                .allSatisfy(decision -> assertThat(page).contains("| `" + decision + "` |"));
    }

    @Test
    void theHelpOfEachCommandNamesTheExitStatuses() {
        assertThat(commands())
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command.getUsageMessage())
                        .contains("Exit status:", "0   done", "1   not done", "2   wrong usage"));
    }

    @Test
    void thePageOnContactGroupsHasAllOptionsOfTheList() {
        var contactGroups = ProjectFile.text("docs/contact-groups.md");
        var list = Program.with(new GroupsCommand(
                                overrides -> {
                                    throw new IllegalStateException("help needs no settings");
                                },
                                new Terminal(80, false, false, true),
                                OutputStream.nullOutputStream(),
                                Clock.systemUTC())
                        .commandLine())
                .getSubcommands()
                .get("groups")
                .getSubcommands()
                .get("list");

        assertThat(list.getUsageMessage()).contains("Exit status:");
        assertThat(list.getCommandSpec().options())
                .extracting(option -> option.longestName())
                .filteredOn(name -> !name.matches("--help|--version"))
                .containsExactlyInAnyOrder("--output", "--match")
                .allSatisfy(option -> assertThat(contactGroups).contains("| `" + option));
    }

    @Test
    void thePageOnMappingHasAllOptionsOfTheTrial() {
        var mapping = ProjectFile.text("docs/mapping.md");
        var events = new EventsCommand(
                overrides -> {
                    throw new IllegalStateException("help needs no settings");
                },
                () -> {
                    throw new IllegalStateException("help needs no settings");
                },
                new Terminal(80, false, false, true),
                InputStream.nullInputStream(),
                Clock.systemUTC());
        var trial = Program.with(events.commandLine())
                .getSubcommands()
                .get("events")
                .getSubcommands()
                .get("try");

        assertThat(trial.getUsageMessage()).contains("0   no sample is refused", "1   a sample is refused");
        assertThat(trial.getCommandSpec().options())
                .extracting(option -> option.longestName())
                .filteredOn(name -> !name.matches("--help|--version"))
                .containsExactlyInAnyOrder("--mapping", "--from-topic", "--key", "--header", "--output")
                .allSatisfy(option -> assertThat(mapping).contains("`" + option));
    }
}
