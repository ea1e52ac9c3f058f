package groupsync.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script must not take a part of the output for all of it. */
class LostOutputTest {

    @RegisterExtension
    final DeadLetterFixture deadLetters = new DeadLetterFixture();

    @ParameterizedTest
    @ValueSource(
            strings = {"list", "list --output json", "show hr-1", "stats", "replay --dry-run", "generate-completion"})
    @EnabledOnOs(OS.LINUX)
    void whatDoesNotFitOnTheDiskIsNotDone(String command) throws IOException {
        deadLetters.letter("hr-1", "g1", "name-taken").send();

        try (var full = new FileOutputStream("/dev/full")) {
            var run = deadLetters.runTo(full, command.split(" "));

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err().strip())
                    .isEqualTo("the output is not complete: No space left on device")
                    .hasLineCount(1);
        }
    }

    /** Such as head(1), which has read enough. */
    @ParameterizedTest
    @ValueSource(strings = {"list", "stats"})
    @EnabledOnOs(OS.LINUX)
    void whatNobodyReadsIsDone(String command) throws IOException {
        deadLetters.letter("hr-1", "g1", "name-taken").send();
        var pipe = Pipe.open();
        pipe.source().close();

        try (var closed = Channels.newOutputStream(pipe.sink())) {
            var run = deadLetters.runTo(closed, command);

            assertThat(run.status()).isZero();
            assertThat(run.err()).isEmpty();
        }
    }
}
