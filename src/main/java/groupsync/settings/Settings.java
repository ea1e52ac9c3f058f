package groupsync.settings;

import groupsync.zoom.GroupForm;
import groupsync.zoom.Secret;
import groupsync.zoom.ZoomProxy;
import groupsync.zoom.ZoomTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.util.TimeUtils;

/** Every setting of the service, checked when it is read. {@code application.properties} says what each is for. */
public final class Settings {

    private static final Pattern DURATION = Pattern.compile("\\d{1,9}(ms|s|m|h)");
    private static final Pattern BROKER = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+]):([0-9]{1,5})");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    /** As Camel has it; without what is no key, such as <code>{{env:NAME}}</code>. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}:?!]*)}}");
    /** In camel.GROUP.OPTION: Camel does not look at keys of other groups than these. */
    private static final Set<String> CAMELS_GROUPS = Set.of("""
        beans cluster component context dataformat debug devconsole errorregistry faulttolerance globaloptions health \
        language lra main management mdc metrics opentelemetry opentelemetry2 resilience4j rest routecontroller \
        routetemplate security server ssl startupcondition telemetrydev threadpool trace variable vault\
        """.split(" "));
    /** A key that begins so is one of ours, or a mistake. */
    private static final List<String> OURS =
            List.of("kafka.", "consumer.", "topics.", "zoom.", "events.", "updates.", "management.", "dry-run");

    /** A partition is let go, and a stop is over, only after the requests under way: see UpdatesConsumer. */
    private static final Duration LONGEST_RESPONSE = Duration.ofSeconds(15);

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Set<String> SECRETS = Set.of("zoom.client-secret", "zoom.access-token", "zoom.proxy-password");

    private final SettingSources sources;
    private final Set<String> known = new HashSet<>();
    /** The settings that routes name as <code>{{key}}</code>; no secret is among them. */
    private final Properties forRoutes = new Properties();

    public final String brokers;
    public final String consumerGroup;
    public final int batchSize;
    public final boolean merge;
    public final boolean dryRun;
    public final boolean nameRequired;
    public final boolean groupNames;
    public final GroupForm requestFormat;
    public final URI tokenUrl;
    public final ZoomTls tls;
    public final ZoomProxy proxy;
    public final Duration responseTimeout;
    public final int requestsPerSecond;
    public final int attempts;
    public final Duration retryDelay;
    public final Duration retryMaxDelay;
    public final Duration probeInterval;
    public final InetSocketAddress management;
    public final String updates;
    public final String outcomes;
    public final String deadLetters;
    public final Optional<Secret> accessToken;
    public final Optional<String> accountId;
    public final Optional<String> clientId;
    public final Optional<Secret> clientSecret;

    /** @throws WrongSettingException if any setting is missing or wrong */
    public Settings(SettingSources sources) {
        this.sources = sources;
        brokers = brokers();
        consumerGroup = text("consumer.group");
        oneOf("consumer.group-protocol", "consumer", "classic");
        batchSize = count("consumer.batch-size", 1, 100_000);
        updates = topic("topics.updates");
        outcomes = topic("topics.outcomes");
        deadLetters = topic("topics.dead-letters");
        refuseSame("topics.outcomes", outcomes, "topics.updates", updates);
        refuseSame("topics.dead-letters", deadLetters, "topics.updates", updates);
        refuseSame("topics.dead-letters", deadLetters, "topics.outcomes", outcomes);
        nameRequired = flag("events.name-required");
        groupNames = flag("events.group-names");
        merge = flag("updates.merge");
        dryRun = flag("dry-run");

        url("zoom.api-url");
        tokenUrl = url("zoom.token-url");
        tls = value("zoom.ca-file").map(Settings::trusting).orElseGet(ZoomTls::ofJvm);
        proxy = proxy();
        requestFormat = GroupForm.valueOf(
                oneOf("zoom.request-format", "multipart", "json").toUpperCase(Locale.ROOT));
        requestsPerSecond = count("zoom.requests-per-second", 0, 10_000);
        count("zoom.max-concurrent-requests", 1, 1_000);
        responseTimeout = duration("zoom.response-timeout", Duration.ofMillis(100), LONGEST_RESPONSE);
        attempts = count("zoom.retry.attempts", 1, 100);
        retryDelay = duration("zoom.retry.delay", Duration.ofMillis(1));
        retryMaxDelay = duration("zoom.retry.max-delay", Duration.ofMillis(1));
        probeInterval = duration("zoom.pause.probe-interval", Duration.ofMillis(100));

        // Not looked up yet: that it is wrong shows when it is to be listened on.
        management =
                InetSocketAddress.createUnresolved(text("management.address"), count("management.port", 0, 65_535));

        accessToken = secret("zoom.access-token");
        accountId = value("zoom.account-id");
        clientId = value("zoom.client-id");
        clientSecret = secret("zoom.client-secret");
        // A dry run sends no update, but the names of groups it has to ask for.
        var credentialsNeeded = !dryRun || groupNames;
        forRoutes.setProperty("credentials.needed", String.valueOf(credentialsNeeded));
        if (accessToken.isEmpty() && credentialsNeeded) {
            var otherwise = dryRun ? "events.group-names=false" : "dry-run=true";
            needed("zoom.account-id", accountId, otherwise);
            needed("zoom.client-id", clientId, otherwise);
            needed("zoom.client-secret", clientSecret, otherwise);
        }
        refuseUnknown();
        refuseUnknownInCamels();
    }

    private static void needed(String key, Optional<?> credential, String otherwise) {
        if (credential.isEmpty()) {
            throw new WrongSettingException(
                    key,
                    "is missing; set zoom.account-id, zoom.client-id and zoom.client-secret (or"
                            + " zoom.client-secret-file), or zoom.access-token (or zoom.access-token-file),"
                            + " or " + otherwise);
        }
    }

    /** What the routes and Camel are configured with. */
    public Properties forRoutes() {
        return forRoutes;
    }

    /**
     * A mistyped key would be lost in silence, and the default used instead. In the files there is nothing but settings;
     * elsewhere, other programs' keys are there too.
     */
    private void refuseUnknown() {
        var inFiles = sources.inFiles();
        for (var key : sources.keys()) {
            var isMeantForUs =
                    inFiles.contains(key) ? !isCamels(key) : OURS.stream().anyMatch(key::startsWith);
            if (!known.contains(key) && isMeantForUs) {
                known.addAll(inFiles.stream().filter(Settings::isCamels).toList());
                throw new WrongSettingException(
                        oneLine(key), "is no setting; the nearest one is " + NearestKey.of(key, known));
            }
        }
    }

    /** Camel's message would have the value. */
    private void refuseUnknownInCamels() {
        var camel = sources.camel();
        for (var key : camel.stringPropertyNames()) {
            if (PLACEHOLDER
                    .matcher(camel.getProperty(key))
                    .results()
                    .anyMatch(named -> sources.value(named.group(1)).isEmpty())) {
                throw new WrongSettingException(key, "names a setting in {{ and }} that there is not");
            }
        }
    }

    private static boolean isCamels(String key) {
        var parts = key.toLowerCase(Locale.ROOT).replace("-", "").split("[.\\[]", -1);
        return parts.length > 2 && parts[0].equals("camel") && CAMELS_GROUPS.contains(parts[1]);
    }

    private Optional<String> value(String key) {
        known.add(key);
        var value = sources.value(key);
        if (!SECRETS.contains(key)) {
            value.ifPresent(text -> forRoutes.setProperty(key, text));
        }
        return value;
    }

    /** The value of the key, or what is in the file that the key with -file behind it names. */
    private Optional<Secret> secret(String key) {
        var value = value(key);
        var fileKey = key + "-file";
        var file = value(fileKey);
        if (value.isPresent() && file.isPresent()) {
            throw new WrongSettingException(fileKey, "is set, and " + key + " is too: only one of them can hold");
        }
        var inFile = file.map(name -> Secret.in(Path.of(name)));
        inFile.ifPresent(secret -> {
            try {
                secret.read();
            } catch (IOException e) {
                throw new WrongSettingException(fileKey, "cannot be read: " + e);
            }
        });
        return value.map(Secret::of).or(() -> inFile);
    }

    private static ZoomTls trusting(String file) {
        try {
            return ZoomTls.of(Path.of(file));
        } catch (IOException | GeneralSecurityException e) {
            throw wrong("zoom.ca-file", file, "a file with certificates in PEM: " + e);
        }
    }

    private String text(String key) {
        return value(key).orElseThrow(() -> new WrongSettingException(key, "is missing"));
    }

    /** Their names are looked up when they are needed, and may not be known yet. */
    private String brokers() {
        var named = text("kafka.brokers");
        if (!Stream.of(named.split(",", -1)).map(String::strip).allMatch(Settings::isBroker)) {
            throw wrong("kafka.brokers", shown(named), "host:port, several with commas, ports from 1 to 65535");
        }
        return named;
    }

    private static boolean isBroker(String named) {
        var broker = BROKER.matcher(named);
        return broker.matches() && isPort(Integer.parseInt(broker.group(2)));
    }

    private static boolean isPort(int port) {
        return port >= 1 && port <= 65_535;
    }

    /** Without what stands before an @, which may be a password. */
    private static String shown(String address) {
        return address.replaceFirst("(?s)^([A-Za-z]+://)?.*@", "$1…@");
    }

    private String topic(String key) {
        var topic = text(key);
        if (!TOPIC.matcher(topic).matches() || Set.of(".", "..").contains(topic)) {
            throw wrong(key, topic, "a topic's name: 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'");
        }
        return topic;
    }

    /** The service would read what it has written. */
    private static void refuseSame(String key, String topic, String otherKey, String other) {
        if (topic.equals(other)) {
            throw wrong(key, topic, "a topic of its own: " + otherKey + " is the same");
        }
    }

    private String oneOf(String key, String... allowed) {
        var value = text(key);
        if (!List.of(allowed).contains(value)) {
            throw wrong(key, value, "one of " + String.join(", ", allowed));
        }
        return value;
    }

    private boolean flag(String key) {
        return oneOf(key, "true", "false").equals("true");
    }

    private int count(String key, int least, int most) {
        var value = text(key);
        var number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw wrong(key, value, "a whole number from " + least + " to " + most);
        }
        return number;
    }

    private Duration duration(String key, Duration least) {
        return duration(key, least, Duration.ofDays(1));
    }

    private Duration duration(String key, Duration least, Duration most) {
        var value = text(key);
        if (DURATION.matcher(value).matches()) {
            var duration = Duration.ofMillis(TimeUtils.toMilliSeconds(value));
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        }
        throw wrong(
                key,
                value,
                "a time from " + least.toMillis() + "ms to "
                        + (most.toHours() == 0 ? most.toSeconds() + "s" : most.toHours() + "h")
                        + ", such as 500ms, 10s, 5m or 1h");
    }

    private URI url(String key) {
        var given = text(key);
        var url = parsed(given)
                .filter(parsed ->
                        SCHEMES.contains(String.valueOf(parsed.getScheme()).toLowerCase(Locale.ROOT))
                                && parsed.getHost() != null
                                && (parsed.getPort() == -1 || isPort(parsed.getPort()))
                                && parsed.getRawQuery() == null
                                && parsed.getRawFragment() == null
                                && parsed.getRawUserInfo() == null)
                .orElseThrow(() -> wrong(
                        key,
                        shown(given),
                        "an http or https URL without user, query and fragment, ports from 1 to 65535"));
        // Camel knows its components by lower case. Paths are put behind it, with a slash of their own.
        var scheme = url.getScheme().toLowerCase(Locale.ROOT);
        var value = scheme + given.substring(scheme.length()).replaceAll("/+$", "");
        forRoutes.setProperty(key, value);
        return URI.create(value);
    }

    private ZoomProxy proxy() {
        var user = value("zoom.proxy-user");
        var password = secret("zoom.proxy-password");
        if (user.isPresent() != password.isPresent()) {
            var missing = user.isPresent() ? "zoom.proxy-password" : "zoom.proxy-user";
            throw new WrongSettingException(missing, "is missing; a proxy takes both user and password, or neither");
        }
        var direct = value("zoom.no-proxy").stream()
                .flatMap(hosts -> Stream.of(hosts.split("[,\\s]+", -1)))
                .filter(host -> !host.isEmpty())
                .toList();
        return value("zoom.proxy")
                .map(url -> ZoomProxy.at(proxyUrl(url), user, password, direct))
                .orElseGet(ZoomProxy::none);
    }

    private static URI proxyUrl(String value) {
        return parsed(value)
                .filter(url -> "http".equals(url.getScheme())
                        && url.getHost() != null
                        && url.getPort() > 0
                        && url.getPort() <= 65_535
                        && url.getRawUserInfo() == null
                        && Set.of("", "/").contains(url.getRawPath())
                        && url.getRawQuery() == null
                        && url.getRawFragment() == null)
                // What stands before an @ may be a password.
                .orElseThrow(() -> wrong(
                        "zoom.proxy",
                        value.replaceAll(".*@", "…@"),
                        "http://host:port; its user and password are zoom.proxy-user and zoom.proxy-password"));
    }

    private static Optional<URI> parsed(String url) {
        try {
            return Optional.of(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    static WrongSettingException wrong(String key, String value, String allowed) {
        return new WrongSettingException(key, "'" + oneLine(value) + "' is not " + allowed);
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", " ");
    }
}
