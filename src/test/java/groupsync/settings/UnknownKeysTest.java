package groupsync.settings;

import static groupsync.settings.SettingsFixture.NO_FILE;
import static groupsync.settings.SettingsFixture.SECRET;
import static groupsync.settings.SettingsFixture.assertRefused;
import static groupsync.settings.SettingsFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownKeysTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"kafka.broker", "consumer.size", "topics.update", "zoom.retry.dely", "events.names", "dry-runs"})
    void areRefusedIfTheyBeginLikeASetting(String key) {
        var system = new SettingSources(Map.of(), Map.of(key, SECRET), Map.of(), NO_FILE);

        assertRefused(key, SECRET).hasMessageStartingWith(key + ": is no setting; the nearest one is ");
        assertThatThrownBy(() -> UnknownKeys.refuse(system, List.of())).hasMessageStartingWith(key + ": is no setting");
    }

    @Test
    void areLeftToCamelAndToOtherPrograms() {
        var settings = settings("camel.component.kafka.security-protocol", "SSL", "sandbox.exit", "true");

        assertThat(settings.forRoutes()).doesNotContainKeys("camel.component.kafka.security-protocol", "sandbox.exit");
    }

    @ParameterizedTest
    @CsvSource({
        "dryrun, dryrun, dry-run",
        "dry.run, dry.run, dry-run",
        "DRY_RUN, DRY_RUN, dry-run",
        "dry\\nrun\\u202e, 'dry run ', dry-run",
        "topic.updates, topic.updates, topics.updates",
        "event.name-required, event.name-required, events.name-required",
        "update.merge, update.merge, updates.merge",
        "managment.port, managment.port, management.port",
        "zoom.clientSecret, zoom.clientSecret, zoom.client-secret",
        "kafka.broker, kafka.broker, kafka.brokers",
        "consumer.gruop, consumer.gruop, consumer.group",
        "camel.componnent.kafka.brokers, camel.componnent.kafka.brokers, camel.component.kafka.brokers",
        "camel.main-name, camel.main-name, camel.main.name"
    })
    void areRefusedInTheFileWithTheNearestSetting(String key, String shown, String nearest) throws IOException {
        var file = Files.writeString(directory.resolve("application.properties"), key + " = " + SECRET);
        var sources = new SettingSources(Map.of("dry-run", "true"), Map.of(), Map.of(), file);

        assertThatThrownBy(() -> Settings.of(sources))
                .isInstanceOf(WrongSettingException.class)
                .hasMessage(shown + ": is no setting; the nearest one is " + nearest);
    }

    @Test
    void areRefusedInPlaceholdersOfCamelsKeys() {
        assertRefused("camel.component.kafka.client-id", SECRET + "{{vate}}")
                .hasMessage("camel.component.kafka.client-id: names a setting in {{ and }} that there is not");
    }
}
