package groupsync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.zoom.GroupForm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final String SECRET = "pr!vate-Secret";
    private static final String PROXY =
            "http://host:port; its user and password are zoom.proxy-user and zoom.proxy-password";
    private static final String TOKEN = "eyJ-private-token";

    private final Map<String, String> demanded = new HashMap<>(
            Map.of("zoom.account-id", "account", "zoom.client-id", "client", "zoom.client-secret", SECRET));

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> system = new HashMap<>();

    @TempDir
    Path directory;

    @AfterEach
    void clearSystemProperties() {
        System.clearProperty("zoom.retry.delay");
        System.clearProperty("zoom.retry.dely");
        System.clearProperty("path");
    }

    // --- What is right ---

    @Test
    void hasADefaultForAllButTheCredentials() {
        var settings = settings();

        assertThat(settings.kafka().batchSize()).isEqualTo(2_000);
        assertThat(settings.events().dryRun()).isFalse();
        assertThat(settings.events().nameRequired()).isTrue();
        assertThat(settings.zoom().requestFormat()).isEqualTo(GroupForm.MULTIPART);
        assertThat(settings.zoom().tokenUrl()).isEqualTo(URI.create("https://zoom.us/oauth/token"));
        assertThat(settings.zoom().responseTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.retry().attempts()).isEqualTo(5);
        assertThat(settings.retry().delay()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.retry().maxDelay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.retry().probeInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.credentials().accountId()).contains("account");
        assertThat(settings.credentials().clientId()).contains("client");
        assertThat(settings.credentials().clientSecret()).isPresent();
        assertThat(settings.credentials().accessToken()).isEmpty();
        assertThat(settings.forRoutes())
                .containsEntry("kafka.brokers", "localhost:9092")
                .containsEntry("consumer.group", "zoom-group-sync")
                .containsEntry("consumer.group-protocol", "consumer")
                .containsEntry("topics.updates", "zoom.im-groups.updates")
                .containsEntry("topics.outcomes", "zoom.im-groups.outcomes")
                .containsEntry("topics.dead-letters", "zoom.im-groups.dead-letters")
                .containsEntry("zoom.api-url", "https://api.zoom.us/v2")
                .containsEntry("zoom.requests-per-second", "30")
                .containsEntry("zoom.max-concurrent-requests", "32");
    }

    @ParameterizedTest
    @CsvSource({
        "consumer.group-protocol, classic",
        "consumer.batch-size, 1",
        "consumer.batch-size, 100000",
        "topics.updates, A-z_0.9",
        "events.name-required, false",
        "events.group-names, true",
        "dry-run, true",
        "zoom.api-url, http://localhost:8080/v2",
        "zoom.api-url, http://localhost:65535/v2",
        "kafka.brokers, '[::1]:1, kafka:65535'",
        "zoom.token-url, https://10.0.0.1/oauth/token",
        "zoom.proxy, http://proxy.example.com:3128",
        "zoom.proxy, http://[::1]:3128/",
        "zoom.no-proxy, 'zoom.us, .example.com'",
        "zoom.request-format, json",
        "zoom.requests-per-second, 0",
        "zoom.requests-per-second, 10000",
        "zoom.max-concurrent-requests, 1",
        "zoom.max-concurrent-requests, 1000",
        "zoom.response-timeout, 100ms",
        "zoom.response-timeout, 15s",
        "zoom.retry.attempts, 1",
        "zoom.retry.attempts, 100",
        "zoom.retry.delay, 1ms",
        "zoom.retry.max-delay, 5m",
        "zoom.pause.probe-interval, 1440m",
        "zoom.pause.probe-interval, 86400s"
    })
    void takesWhatIsAllowed(String key, String value) {
        demanded.put(key, value);

        var settings = settings();

        assertThat(settings.forRoutes()).containsEntry(key, value);
    }

    @Test
    void takesValuesWithoutTheBlanksAroundThem() {
        demanded.put("consumer.batch-size", " 7\t");

        var settings = settings();

        assertThat(settings.kafka().batchSize()).isEqualTo(7);
        assertThat(settings.forRoutes()).containsEntry("consumer.batch-size", "7");
    }

    @Test
    void takesATokenInsteadOfTheCredentials() throws IOException {
        demanded.clear();
        demanded.put("zoom.access-token", TOKEN);

        var settings = settings();

        assertThat(settings.credentials().accessToken().orElseThrow().read()).isEqualTo(TOKEN);
    }

    @Test
    void readsASecretInAFileAnewEachTime(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("secret"), "first\n");
        demanded.remove("zoom.client-secret");
        demanded.put("zoom.client-secret-file", file.toString());
        var secret = settings().credentials().clientSecret().orElseThrow();
        assertThat(secret.read()).isEqualTo("first");

        Files.writeString(file, "second");

        assertThat(secret.read()).isEqualTo("second");
    }

    @Test
    void refusesASecretFileThatIsNotThere(@TempDir Path directory) {
        demanded.remove("zoom.client-secret");
        demanded.put("zoom.client-secret-file", directory.resolve("secret").toString());

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessageStartingWith("zoom.client-secret-file: cannot be read: ");
    }

    @Test
    void refusesASecretThatIsGivenTwice(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("secret"), SECRET);
        demanded.put("zoom.client-secret-file", file.toString());

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessage(
                        "zoom.client-secret-file: is set, and zoom.client-secret is too: only one of them can hold");
    }

    @Test
    void needsNoCredentialsForADryRun() {
        demanded.clear();
        demanded.put("dry-run", "true");

        var settings = settings();

        assertThat(settings.events().dryRun()).isTrue();
    }

    /** The names of groups have to be asked for, though nothing is changed. */
    @Test
    void needsCredentialsForADryRunThatResolvesNames() {
        demanded.clear();
        demanded.put("dry-run", "true");
        demanded.put("events.group-names", "true");

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessage(
                        "zoom.account-id: is missing; set zoom.account-id, zoom.client-id and zoom.client-secret (or"
                                + " zoom.client-secret-file), or zoom.access-token (or zoom.access-token-file), or"
                                + " events.group-names=false");
    }

    @Test
    void leavesCamelsOwnKeysToCamel() {
        demanded.put("camel.component.kafka.security-protocol", "SSL");
        demanded.put("sandbox.exit", "true");

        var settings = settings();

        assertThat(settings.forRoutes()).doesNotContainKeys("camel.component.kafka.security-protocol", "sandbox.exit");
    }

    @Test
    void givesTheRoutesEverySettingThatTheyName() throws IOException {
        var named = new ArrayList<String>();
        try (var routes = Files.list(Path.of("routes"))) {
            for (var route : routes.toList()) {
                Pattern.compile("\\{\\{(.+?)}}|\\$\\{properties:(.+?)}")
                        .matcher(Files.readString(route))
                        .results()
                        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                        .forEach(named::add);
            }
        }

        var settings = settings();

        assertThat(named).contains("topics.updates", "zoom.max-concurrent-requests");
        assertThat(settings.forRoutes().stringPropertyNames()).containsAll(named);
    }

    // --- What is wrong ---

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "consumer.group-protocol | new | is not one of consumer, classic",
                "consumer.group-protocol | Classic | is not one of consumer, classic",
                "consumer.batch-size | 0 | is not a whole number from 1 to 100000",
                "consumer.batch-size | 100001 | is not a whole number from 1 to 100000",
                "consumer.batch-size | -1 | is not a whole number from 1 to 100000",
                "consumer.batch-size | 1.5 | is not a whole number from 1 to 100000",
                "consumer.batch-size | many | is not a whole number from 1 to 100000",
                "consumer.batch-size | 99999999999 | is not a whole number from 1 to 100000",
                "consumer.batch-size | 2,000 | is not a whole number from 1 to 100000",
                "topics.updates | a b | is not a topic's name: 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'",
                "topics.outcomes | a/b | is not a topic's name: 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'",
                "topics.dead-letters | {{x}} | is not a topic's name: 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'",
                "events.name-required | yes | is not one of true, false",
                "events.group-names | yes | is not one of true, false",
                "dry-run | TRUE | is not one of true, false",
                "zoom.api-url | api.zoom.us/v2 | is not an http or https URL without user, query and fragment, ports"
                        + " from 1 to 65535",
                "zoom.api-url | ftp://api.zoom.us | is not an http or https URL without user, query and fragment,"
                        + " ports from 1 to 65535",
                "zoom.api-url | https:///v2 | is not an http or https URL without user, query and fragment, ports from"
                        + " 1 to 65535",
                "zoom.api-url | https://api zoom us | is not an http or https URL without user, query and fragment,"
                        + " ports from 1 to 65535",
                "zoom.api-url | https://api.zoom.us/v2?a=b | is not an http or https URL without user, query and"
                        + " fragment, ports from 1 to 65535",
                "zoom.api-url | https://api.zoom.us/v2#a | is not an http or https URL without user, query and"
                        + " fragment, ports from 1 to 65535",
                "zoom.token-url | ${x} | is not an http or https URL without user, query and fragment, ports from 1 to"
                        + " 65535",
                "zoom.api-url | https://api.zoom.us:65536/v2 | is not an http or https URL without user, query and"
                        + " fragment, ports from 1 to 65535",
                "zoom.token-url | https://zoom.us:0/oauth/token | is not an http or https URL without user, query and"
                        + " fragment, ports from 1 to 65535",
                "kafka.brokers | kafka:99999 | is not host:port, several with commas, ports from 1 to 65535",
                "kafka.brokers | kafka:9092,other:0 | is not host:port, several with commas, ports from 1 to 65535",
                "kafka.brokers | kafka | is not host:port, several with commas, ports from 1 to 65535",
                "zoom.proxy | proxy:3128 | is not " + PROXY,
                "zoom.proxy | http://proxy | is not " + PROXY,
                "zoom.proxy | http://proxy:70000 | is not " + PROXY,
                "zoom.proxy | https://proxy:3128 | is not " + PROXY,
                "zoom.proxy | socks://proxy:1080 | is not " + PROXY,
                "zoom.proxy | http://proxy:3128/zoom | is not " + PROXY,
                "zoom.request-format | xml | is not one of multipart, json",
                "zoom.request-format | JSON | is not one of multipart, json",
                "zoom.requests-per-second | 10001 | is not a whole number from 0 to 10000",
                "zoom.requests-per-second | -1 | is not a whole number from 0 to 10000",
                "zoom.max-concurrent-requests | 0 | is not a whole number from 1 to 1000",
                "zoom.max-concurrent-requests | 1001 | is not a whole number from 1 to 1000",
                "zoom.response-timeout | 99ms | is not a time from 100ms to 15s, such as 500ms, 10s, 5m or 1h",
                "zoom.response-timeout | 10 | is not a time from 100ms to 15s, such as 500ms, 10s, 5m or 1h",
                "zoom.response-timeout | 10 s | is not a time from 100ms to 15s, such as 500ms, 10s, 5m or 1h",
                "zoom.response-timeout | PT10S | is not a time from 100ms to 15s, such as 500ms, 10s, 5m or 1h",
                "zoom.response-timeout | 16s | is not a time from 100ms to 15s, such as 500ms, 10s, 5m or 1h",
                "zoom.response-timeout | 999999999h | is not a time from 100ms to 15s, such as 500ms, 10s, 5m or 1h",
                "zoom.retry.attempts | 0 | is not a whole number from 1 to 100",
                "zoom.retry.attempts | 101 | is not a whole number from 1 to 100",
                "zoom.retry.delay | 0ms | is not a time from 1ms to 24h, such as 500ms, 10s, 5m or 1h",
                "zoom.retry.delay | -5s | is not a time from 1ms to 24h, such as 500ms, 10s, 5m or 1h",
                "zoom.retry.max-delay | 2d | is not a time from 1ms to 24h, such as 500ms, 10s, 5m or 1h",
                "zoom.pause.probe-interval | 50ms | is not a time from 100ms to 24h, such as 500ms, 10s, 5m or 1h"
            })
    void namesKeyAndValueAndWhatIsAllowed(String key, String value, String allowed) {
        demanded.put("zoom.access-token", TOKEN);
        demanded.put(key, value);

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessage(key + ": '" + value + "' " + allowed)
                .hasMessageNotContainingAny(SECRET, TOKEN);
    }

    @Test
    void refusesATopicWithTooLongAName() {
        demanded.put("topics.updates", "t".repeat(250));

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessageStartingWith("topics.updates: 'ttt")
                .hasMessageEndingWith("t' is not a topic's name: 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zoom.account-id", "zoom.client-id", "zoom.client-secret"})
    void missesEachOfTheCredentials(String key) {
        demanded.put(key, " ");

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessage(key
                        + ": is missing; set zoom.account-id, zoom.client-id and zoom.client-secret (or"
                        + " zoom.client-secret-file), or zoom.access-token (or zoom.access-token-file), or"
                        + " dry-run=true");
    }

    @Test
    void tellsAWrongValueInOneLine() {
        demanded.put("zoom.retry.attempts", "5\r\n6");

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessage("zoom.retry.attempts: '5  6' is not a whole number from 1 to 100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.broker",
                "consumer.size",
                "topics.update",
                "zoom.retry.dely",
                "zoom.clientSecret",
                "events.namerequired",
                "dry-runs"
            })
    void refusesAMistypedKey(String key) {
        demanded.put(key, SECRET);

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessageStartingWith(key + ": is no setting; the nearest one is ")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void refusesAMistypedSystemProperty() {
        System.setProperty("zoom.retry.dely", "5s");

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessageStartingWith("zoom.retry.dely: is no setting");
    }

    @ParameterizedTest
    @CsvSource({
        "dryrun, dry-run",
        "dry.run, dry-run",
        "DRY_RUN, dry-run",
        "topic.updates, topics.updates",
        "event.name-required, events.name-required",
        "update.merge, updates.merge",
        "managment.port, management.port",
        "zoom.clientSecret, zoom.client-secret",
        "kafka.broker, kafka.brokers",
        "camel.componnent.kafka.brokers, camel.component.kafka.brokers",
        "camel.main-name, camel.main.name"
    })
    void namesTheKeyThatAnUnknownOneOfTheFileWasMeantToBe(String key, String meant) throws IOException {
        file(key + " = " + SECRET);

        assertThatThrownBy(this::settingsWithFile)
                .isInstanceOf(WrongSettingException.class)
                .hasMessage(key + ": is no setting; the nearest one is " + meant);
    }

    @Test
    void namesAnUnknownKeyOfTheFileInOneLine() throws IOException {
        file("dry\\nrun\\u202e = true");

        assertThatThrownBy(this::settingsWithFile)
                .isInstanceOf(WrongSettingException.class)
                .hasMessage("dry run : is no setting; the nearest one is dry-run");
    }

    @Test
    void readsTheFirstKeyOfAFileWithAByteOrderMark() throws IOException {
        file("\uFEFFdry-run = true");

        var settings = settingsWithFile();

        assertThat(settings.events().dryRun()).isTrue();
    }

    /** As a deployment sets it whose template has nothing to fill in. */
    @Test
    void takesABlankValueAsIfItWereNotSet() throws IOException {
        environment.putAll(Map.of("ZOOM_REQUEST_FORMAT", "", "ZOOM_RETRY_DELAY", " ", "CONSUMER_BATCH_SIZE", ""));
        system.put("consumer.group", " ");
        file("""
            zoom.retry.delay = 70ms
            topics.updates =
            """);

        var settings = settingsWithFile();

        assertThat(settings.zoom().requestFormat()).isEqualTo(GroupForm.MULTIPART);
        assertThat(settings.retry().delay()).isEqualTo(Duration.ofMillis(70));
        assertThat(settings.kafka().batchSize()).isEqualTo(2_000);
        assertThat(settings.topics().updates()).isEqualTo("zoom.im-groups.updates");
        assertThat(settings.forRoutes()).containsEntry("consumer.group", "zoom-group-sync");
    }

    @Test
    void givesCamelItsOwnKeysFromWhereverTheyAreSetAndNoBlankOne() throws IOException {
        environment.putAll(Map.of(
                "CAMEL_COMPONENT_KAFKA_SASL_PASSWORD", " with blanks ",
                "CAMEL_COMPONENT_KAFKA_SASL_USERNAME", "",
                "CAMEL_COMPONENT_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "CAMEL_SSL_KEYSTORE_PASSWORD", "p"));
        system.put("camel.component.kafka.security-protocol", "SSL");
        file("camel.component.kafka.sasl-username = me");

        var camel = sources().camel();

        assertThat(camel)
                .containsEntry("camel.component.kafka.security-protocol", "SSL")
                .containsEntry("camel.ssl.keystore-password", "p")
                .containsEntry("camel.main.name", "zoom-group-sync")
                .doesNotContainKeys("zoom.client-secret", "kafka.brokers");
        assertThat(sources().literalKafkaOptions())
                .containsOnly(
                        Map.entry("camel.component.kafka.sasl-password", " with blanks "),
                        Map.entry("camel.component.kafka.sasl-username", "me"));
    }

    @Test
    void refusesASettingOfCamelsThatNamesOneThatThereIsNot() {
        demanded.put("camel.component.kafka.client-id", "pr!{{vate}}");

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessage("camel.component.kafka.client-id: names a setting in {{ and }} that there is not");
    }

    // --- What is secret ---

    @Test
    void keepsSecretsFromTheRoutes() {
        demanded.put("zoom.access-token", TOKEN);
        demanded.put("zoom.proxy-user", "service");
        demanded.put("zoom.proxy-password", "of-a-proxy");

        var settings = settings();

        assertThat(settings.forRoutes())
                .doesNotContainKeys("zoom.client-secret", "zoom.access-token", "zoom.proxy-password")
                .doesNotContainValue(SECRET)
                .doesNotContainValue("of-a-proxy")
                .doesNotContainValue(TOKEN)
                .containsEntry("zoom.client-id", "client");
    }

    // --- Which value wins ---

    @Test
    void prefersASystemPropertyToTheFile() {
        System.setProperty("zoom.retry.delay", "70ms");

        var settings = settings();

        assertThat(settings.retry().delay()).isEqualTo(Duration.ofMillis(70));
        assertThat(settings.forRoutes()).containsEntry("zoom.retry.delay", "70ms");
    }

    @Test
    void prefersWhatIsDemandedToASystemProperty() {
        System.setProperty("zoom.retry.delay", "70ms");
        demanded.put("zoom.retry.delay", "80ms");

        var settings = settings();

        assertThat(settings.retry().delay()).isEqualTo(Duration.ofMillis(80));
    }

    @Test
    void findsTheEnvironmentsValueByItsNameInCapitals() {
        var sources = SettingSources.ofProcess(Map.of());

        // The one variable that every process has.
        var value = sources.value("path");

        assertThat(value).contains(System.getenv("PATH"));
    }

    @Test
    void prefersASystemPropertyToTheEnvironment() {
        System.setProperty("path", "from the system");

        var value = SettingSources.ofProcess(Map.of()).value("path");

        assertThat(value).contains("from the system");
    }

    @Test
    void prefersWhatIsDemandedToAllElse() {
        System.setProperty("path", "from the system");
        var sources = SettingSources.ofProcess(Map.of("path", "demanded"));

        var value = sources.value("path");

        assertThat(value).contains("demanded");
    }

    @Test
    void findsNothingWhereNobodySetsAnything() {
        var sources = SettingSources.ofProcess(Map.of());

        var value = sources.value("zoom.no-such-key");

        assertThat(value).isEmpty();
    }

    private Settings settings() {
        return Settings.of(SettingSources.ofProcess(demanded));
    }

    private void file(String content) throws IOException {
        Files.writeString(directory.resolve("application.properties"), content);
    }

    private SettingSources sources() {
        return new SettingSources(demanded, system, environment, directory.resolve("application.properties"));
    }

    private Settings settingsWithFile() {
        return Settings.of(sources());
    }

    @ParameterizedTest
    @CsvSource({
        "zoom.token-url, https://me:hush@zoom.us/oauth, https://…@zoom.us/oauth",
        "zoom.api-url, https://me:hu/sh@zoom.us/v2, https://…@zoom.us/v2",
        "zoom.api-url, me:hu@sh@zoom.us/v2, …@zoom.us/v2",
        "kafka.brokers, me:hush@kafka:9092, …@kafka:9092",
        "kafka.brokers, 'kafka:9092,SASL_SSL://me:hush@kafka:9093', …@kafka:9093"
    })
    void showsNothingOfWhatMayBeAPasswordInAnAddress(String key, String value, String shown) {
        demanded.put(key, value);

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessageStartingWith(key + ": '" + shown + "' is not");
    }

    @Test
    void takesTheSchemeOfAUrlInCapitals() {
        demanded.put("zoom.api-url", "HTTPS://api.zoom.us/v2/");
        demanded.put("zoom.token-url", "Https://zoom.us/oauth/token");

        var settings = settings();

        assertThat(settings.forRoutes()).containsEntry("zoom.api-url", "https://api.zoom.us/v2");
        assertThat(settings.zoom().tokenUrl()).isEqualTo(URI.create("https://zoom.us/oauth/token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://me:hush@proxy:3128", "me:hush@proxy:3128", "http://me:hu@sh@proxy:3128"})
    void showsNothingOfAPasswordInTheUrlOfAProxy(String url) {
        demanded.put("zoom.proxy", url);

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessage("zoom.proxy: '…@proxy:3128' is not " + PROXY);
    }

    @ParameterizedTest
    @CsvSource({"zoom.proxy-user, zoom.proxy-password", "zoom.proxy-password, zoom.proxy-user"})
    void wantsBothUserAndPasswordOfAProxy(String given, String missing) {
        demanded.put("zoom.proxy", "http://proxy:3128");
        demanded.put(given, "pr!vate");

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessage(missing + ": is missing; a proxy takes both user and password, or neither");
    }

    @Test
    void refusesATopicThatTheServiceWouldReadItselfFrom() {
        demanded.putAll(Map.of("topics.updates", "a", "topics.outcomes", "a"));

        assertThatThrownBy(this::settings)
                .isInstanceOf(WrongSettingException.class)
                .hasMessage("topics.outcomes: 'a' is not a topic of its own: topics.updates is the same");
    }
}
