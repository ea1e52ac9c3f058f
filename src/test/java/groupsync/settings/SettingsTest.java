package groupsync.settings;

import static groupsync.settings.SettingsFixture.assertRefused;
import static groupsync.settings.SettingsFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.zoom.DryRun;
import groupsync.zoom.GroupForm;
import groupsync.zoom.ImGroups;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values are taken, and how a wrong one is named. */
class SettingsTest {

    @Test
    void hasADefaultForAllButTheCredentials() throws IOException {
        var defaults = SettingSources.read(Files.newInputStream(Path.of("application.properties")));
        defaults.entrySet()
                .removeIf(entry -> entry.getValue().isEmpty() || entry.getKey().startsWith("camel."));

        var settings = settings();

        assertThat(settings.forRoutes()).containsAllEntriesOf(defaults);
        assertThat(settings.kafka()).isEqualTo(new KafkaSettings("zoom-group-sync", 2_000));
        assertThat(settings.topics())
                .isEqualTo(new TopicSettings(
                        "zoom.im-groups.updates", "zoom.im-groups.outcomes", "zoom.im-groups.dead-letters"));
        assertThat(settings.events())
                .isEqualTo(new Settings.Events(true, false, Optional.empty(), true, true, DryRun.FALSE));
        assertThat(settings.zoom().groups()).isEqualTo(new ImGroups(GroupForm.MULTIPART));
        assertThat(settings.zoom().tokenUrl()).isEqualTo(URI.create("https://zoom.us/oauth/token"));
        assertThat(settings.zoom().requestsPerSecond()).isEqualTo(30);
        assertThat(settings.zoom().requestsPerDay()).isZero();
        assertThat(settings.zoom().responseTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.retry())
                .isEqualTo(
                        new Settings.Retry(5, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(10)));
        assertThat(settings.management()).isEqualTo(new ManagementSettings("127.0.0.1", 9876));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kafka.brokers                | [::1]:1, kafka:65535
        consumer.group-protocol      | classic
        consumer.batch-size          | 1; 100000
        topics.updates               | A-z_0.9
        events.name-required         | false
        events.group-names           | true
        zoom.api-url                 | http://localhost:8080/v2; http://localhost:65535/v2
        zoom.token-url               | https://10.0.0.1/oauth/token
        zoom.proxy                   | http://proxy.example.com:3128; http://[::1]:3128/
        zoom.no-proxy                | zoom.us, .example.com
        zoom.request-format          | json
        zoom.requests-per-second     | 0; 10000
        zoom.groups                  | contacts
        zoom.unsupported-fields      | drop
        zoom.longest-hold-up         | 0ms; 1s
        zoom.requests-per-day        | 0; 100000000
        zoom.max-concurrent-requests | 1; 1000
        zoom.response-timeout        | 100ms; 15s
        zoom.retry.attempts          | 1; 100
        zoom.retry.delay             | 1ms
        zoom.retry.max-delay         | 5m
        zoom.pause.probe-interval    | 1440m; 86400s
        """)
    void takesWhatIsAllowed(String key, String values) {
        for (var value : values.split("; ", -1)) {
            var settings = settings(key, value);

            assertThat(settings.forRoutes()).containsEntry(key, value);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        kafka.brokers                | kafka; kafka:99999; kafka:9092,other:0     | host:port, several with commas, ports from 1 to 65535
        consumer.group-protocol      | new; Classic                               | one of consumer, classic
        consumer.batch-size          | 0; 100001; -1; 1.5; many; 99999999999; 2,000 | a whole number from 1 to 100000
        topics.updates               | a b; .; ..                                 | a topic's name: 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'
        topics.outcomes              | a/b                                        | a topic's name: 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'
        topics.dead-letters          | {{x}}                                      | a topic's name: 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'
        events.name-required         | yes                                        | one of true, false
        events.group-names           | yes                                        | one of true, false
        dry-run                      | TRUE; yes                                  | one of false, true, compare
        zoom.api-url                 | api.zoom.us/v2; ftp://api.zoom.us; https:///v2; https://api zoom us; https://api.zoom.us:65536/v2 | an http or https URL without user, query and fragment, ports from 1 to 65535
        zoom.token-url               | ${x}; https://zoom.us/a?b=c; https://zoom.us/a#b; https://zoom.us:0/oauth/token | an http or https URL without user, query and fragment, ports from 1 to 65535
        zoom.proxy                   | proxy:3128; http://proxy; http://proxy:70000; https://proxy:3128; socks://proxy:1080; http://proxy:3128/zoom | http://host:port; its user and password are zoom.proxy-user and zoom.proxy-password
        zoom.request-format          | xml; JSON                                  | one of multipart, json
        zoom.groups                  | both; IM                                   | one of im, contacts
        zoom.unsupported-fields      | ignore                                     | one of refuse, drop
        zoom.requests-per-second     | 10001; -1                                  | a whole number from 0 to 10000
        zoom.longest-hold-up         | 1001ms; -1ms; 250                            | a time from 0ms to 1s, such as 500ms, 10s, 5m or 1h
        zoom.requests-per-day        | 100000001; 1000000000; -1; 1e6              | a whole number from 0 to 100000000
        zoom.max-concurrent-requests | 0; 1001                                    | a whole number from 1 to 1000
        zoom.response-timeout        | 99ms; 10; 10 s; PT10S; 16s; 999999999h     | a time from 100ms to 15s, such as 500ms, 10s, 5m or 1h
        zoom.retry.attempts          | 0; 101                                     | a whole number from 1 to 100
        zoom.retry.delay             | 0ms; -5s                                   | a time from 1ms to 24h, such as 500ms, 10s, 5m or 1h
        zoom.retry.max-delay         | 2d                                         | a time from 1ms to 24h, such as 500ms, 10s, 5m or 1h
        zoom.pause.probe-interval    | 50ms                                       | a time from 100ms to 24h, such as 500ms, 10s, 5m or 1h
        management.port              | -1; 65536                                  | a whole number from 0 to 65535
        """)
    void namesKeyAndValueAndWhatIsAllowed(String key, String values, String allowed) {
        for (var value : values.split("; ", -1)) {
            assertRefused(key, value).hasMessage(key + ": '" + value + "' is not " + allowed);
        }
    }

    @Test
    void refusesATopicWithTooLongAName() {
        assertRefused("topics.updates", "t".repeat(250)).hasMessageContaining("ttt' is not a topic's name: 1 to 249");
    }

    @ParameterizedTest
    @CsvSource({
        "topics.outcomes, topics.updates",
        "topics.dead-letters, topics.updates",
        "topics.dead-letters, topics.outcomes"
    })
    void refusesATopicThatHasAnotherUse(String key, String otherKey) {
        assertRefused(key, "a", otherKey, "a")
                .hasMessage(key + ": 'a' is not a topic of its own: " + otherKey + " is the same");
    }

    @ParameterizedTest
    @CsvSource({"zoom.proxy-user, zoom.proxy-password", "zoom.proxy-password, zoom.proxy-user"})
    void refusesAUserOfAProxyWithoutAPasswordAndAPasswordWithoutAUser(String given, String missing) {
        assertRefused("zoom.proxy", "http://proxy:3128", given, SettingsFixture.SECRET)
                .hasMessage(missing + ": is missing; a proxy takes both user and password, or neither");
    }

    @Test
    void takesADryRunWithAConsumerGroupOfItsOwn() {
        var settings = settings("dry-run", "true", "consumer.group", "rehearsal");

        assertThat(settings.events().dryRun()).isEqualTo(DryRun.TRUE);
    }

    /** Its updates would be committed, and never applied. */
    @ParameterizedTest
    @CsvSource({"true, ''", "true, zoom-group-sync", "true, ' zoom-group-sync '", "compare, ''"})
    void refusesADryRunWithTheConsumerGroupOfTheService(String dryRun, String group) {
        assertRefused("dry-run", dryRun, "consumer.group", group)
                .hasMessage("consumer.group: must not be the default, 'zoom-group-sync', with dry-run=" + dryRun
                        + ", which commits what it reads; set consumer.group to a group of its own, such as"
                        + " zoom-group-sync-dry-run, or dry-run=false");
    }

    @Test
    void namesAWrongValueInOneLine() {
        assertRefused("zoom.retry.attempts", "5\r\n6")
                .hasMessage("zoom.retry.attempts: '5  6' is not a whole number from 1 to 100");
    }

    @ParameterizedTest
    @CsvSource({
        "zoom.token-url, https://me:hush@zoom.us/oauth, https://…@zoom.us/oauth",
        "zoom.api-url, https://me:hu/sh@zoom.us/v2, https://…@zoom.us/v2",
        "zoom.api-url, me:hu@sh@zoom.us/v2, …@zoom.us/v2",
        "kafka.brokers, me:hush@kafka:9092, …@kafka:9092",
        "kafka.brokers, 'kafka:9092,SASL_SSL://me:hush@kafka:9093', …@kafka:9093",
        "zoom.proxy, http://me:hush@proxy:3128, …@proxy:3128",
        "zoom.proxy, me:hush@proxy:3128, …@proxy:3128",
        "zoom.proxy, http://me:hu@sh@proxy:3128, …@proxy:3128",
        "zoom.proxy, 'http://me:hu\nsh@proxy:3128', …@proxy:3128"
    })
    void showsNothingOfAPasswordInAnAddress(String key, String value, String shown) {
        assertRefused(key, value).hasMessageStartingWith(key + ": '" + shown + "' is not");
    }

    @Test
    void takesValuesWithoutTheBlanksAroundThem() {
        var settings = settings("consumer.batch-size", " 7\t");

        assertThat(settings.kafka().batchSize()).isEqualTo(7);
        assertThat(settings.forRoutes()).containsEntry("consumer.batch-size", "7");
    }

    @Test
    void takesTheSchemeOfAUrlInCapitals() {
        var settings = settings("zoom.api-url", "HTTPS://api.zoom.us/v2/", "zoom.token-url", "Https://zoom.us/token");

        assertThat(settings.forRoutes()).containsEntry("zoom.api-url", "https://api.zoom.us/v2");
        assertThat(settings.zoom().tokenUrl()).isEqualTo(URI.create("https://zoom.us/token"));
    }

    @Test
    void givesTheRoutesEverySettingThatTheyName() throws IOException {
        var named = new ArrayList<String>();
        try (var routes = Files.list(Path.of("routes"))) {
            for (var route : routes.toList()) {
                Pattern.compile("(?:\\{\\{|\\$\\{properties:)(.+?)}")
                        .matcher(Files.readString(route))
                        .results()
                        .map(match -> match.group(1))
                        .forEach(named::add);
            }
        }

        var settings = settings();

        assertThat(named).contains("topics.updates", "zoom.max-concurrent-requests");
        assertThat(settings.forRoutes().stringPropertyNames()).containsAll(named);
    }
}
