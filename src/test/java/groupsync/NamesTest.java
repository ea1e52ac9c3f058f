package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ZoomStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kafka and the file system take as a name means just what it says, though Camel and a URI would read more into it. */
class NamesTest extends ShippedRoutes {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"team+zoom", "a%41b", "x&autoOffsetReset=latest", "{{x}} of y", "#bean:x", "#x", "[0]!?", "größe"
            })
    void itIsInTheConsumerGroupOfThisName(String group) {
        groupSync.with("consumer.group", group);

        groupSync.receives("g1");
        groupSync.start();

        assertThat(topics.outcomes(1)).hasSize(1);
        await().until(() -> topics.lag(group) == 0);
    }

    @Test
    void itReadsTheFileAtThisPath() throws IOException {
        var odd = Files.createDirectory(directory.resolve("a b+%41&{{x}}[!]#c"));
        var secret = Files.writeString(odd.resolve("{{secret}}"), ZoomStandIn.CLIENT_SECRET);
        groupSync.with("zoom.client-secret", "").with("zoom.client-secret-file", secret.toString());

        groupSync.receives("g1");
        groupSync.start();

        assertThat(topics.outcomes(1)).hasSize(1);
        assertThat(zoom.settings("g1")).containsEntry("name", "n");
    }
}
