package groupsync.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for Zoom: real HTTP on loopback, the token endpoint and the IM groups API, with Zoom's own answers, its
 * limits, and whatever fault it is told to show. It remembers all that it was sent.
 */
public final class ZoomStandIn implements AutoCloseable {

    public static final String ACCOUNT_ID = "sandbox-account";
    public static final String CLIENT_ID = "sandbox-client";
    public static final String CLIENT_SECRET = "sandbox-secret-5b1f";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String GROUPS = "/v2/im/groups";
    private static final int LONGEST_NAME = 128;

    private final Server server;
    private final ServerConnector connector;
    private final String scheme;

    private final Map<String, Map<String, String>> groups = new ConcurrentHashMap<>();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final List<ReceivedRequest> requests = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
    private final AtomicInteger tokenRequests = new AtomicInteger();
    private final Queue<StandInReply> next = new ConcurrentLinkedQueue<>();
    private final Map<String, Function<ReceivedRequest, StandInReply>> perGroup = new ConcurrentHashMap<>();
    private final Deque<Long> lastSecond = new ArrayDeque<>();

    private volatile Consumer<ReceivedRequest> watcher = request -> {};
    private volatile StandInReply always = new StandInReply.AsZoom();
    private volatile @Nullable StandInReply tokenReply;
    private volatile Duration latency = Duration.ZERO;
    private volatile Duration tokenLifetime = Duration.ofHours(1);
    private volatile String clientSecret = CLIENT_SECRET;
    private volatile boolean anyGroup = true;
    private volatile boolean onlyTimes;
    private volatile Set<String> encodings = Set.of("multipart/form-data", "application/json");
    private volatile int perSecond = Integer.MAX_VALUE;
    private volatile int perDay = Integer.MAX_VALUE;
    private LocalDate day = LocalDate.EPOCH;
    private int today;

    /** Starts on a free port. */
    public ZoomStandIn() {
        this(0);
    }

    /**
     * Starts on that port.
     *
     * @param port 0 for a free one
     */
    public ZoomStandIn(int port) {
        this("127.0.0.1", port);
    }

    /**
     * Starts on a free port, and speaks TLS.
     *
     * @param keyStore PKCS12, with the key and the certificate to show
     */
    public ZoomStandIn(Path keyStore, String password) {
        this("127.0.0.1", 0, tls(keyStore, password));
    }

    ZoomStandIn(String host, int port) {
        this(host, port, null);
    }

    private ZoomStandIn(String host, int port, SslContextFactory.@Nullable Server tls) {
        scheme = tls == null ? "http" : "https";
        var threads = new QueuedThreadPool(400);
        threads.setDaemon(true);
        server = new Server(threads);
        var http = new HttpConfiguration();
        // Takes any path as it is, so that what was sent can be seen.
        http.setUriCompliance(UriCompliance.UNSAFE);
        connector = new ServerConnector(server, tls, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                answer(request, response, callback);
                return true;
            }
        });
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the Zoom stand-in did not start", e);
        }
    }

    private static SslContextFactory.Server tls(Path keyStore, String password) {
        var tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keyStore.toString());
        tls.setKeyStorePassword(password);
        return tls;
    }

    /** What {@code zoom.api-url} is to be set to. */
    public String apiUrl() {
        return scheme + "://127.0.0.1:" + connector.getLocalPort() + "/v2";
    }

    /** What {@code zoom.token-url} is to be set to. */
    public String tokenUrl() {
        return scheme + "://127.0.0.1:" + connector.getLocalPort() + "/oauth/token";
    }

    /** From now on only groups that were made so exist; before, any group does. */
    public ZoomStandIn group(String id, String name) {
        anyGroup = false;
        groups.put(id, new ConcurrentHashMap<>(Map.of("name", name, "type", "normal")));
        return this;
    }

    /** This group does not exist. */
    public void unknown(String groupId) {
        unknown.add(groupId);
    }

    public void latency(Duration time) {
        latency = time;
    }

    public void tokenLifetime(Duration lifetime) {
        tokenLifetime = lifetime;
    }

    /** The secret that the token endpoint takes from now on. */
    public void clientSecret(String secret) {
        clientSecret = secret;
    }

    /** All tokens given out so far are refused from now on. */
    public void revokeTokens() {
        tokens.clear();
    }

    /** How the token endpoint answers from now on; {@code null} for as Zoom does. */
    public void tokenReply(@Nullable StandInReply reply) {
        tokenReply = reply;
    }

    public void encodings(String... accepted) {
        encodings = Set.of(accepted);
    }

    /** More requests than this in any one second are answered 429. */
    public void perSecond(int limit) {
        perSecond = limit;
    }

    /** More requests than this in a day (UTC) are answered 429. */
    public void perDay(int limit) {
        perDay = limit;
    }

    /** The next requests are answered so, one after the other, whichever they are. */
    public void answers(StandInReply... replies) {
        next.addAll(List.of(replies));
    }

    /** Each request from now on is answered so. */
    public void answersAlways(StandInReply reply) {
        always = reply;
    }

    /** Each request for this group is answered so. */
    public void answersFor(String groupId, Function<ReceivedRequest, StandInReply> reply) {
        perGroup.put(groupId, reply);
    }

    /** Each request for the list of all groups is answered so. */
    public void answersLists(StandInReply reply) {
        perGroup.put("", request -> reply);
    }

    /** How often the list of all groups was asked for. */
    public long lists() {
        return requests().stream()
                .filter(request -> request.path().equals(GROUPS))
                .count();
    }

    /** All PATCH and GET requests, in the order in which they came. */
    public List<ReceivedRequest> requests() {
        synchronized (requests) {
            return requests.stream()
                    .sorted(Comparator.comparingLong(ReceivedRequest::begun))
                    .toList();
        }
    }

    /** Of each request from now on only method, group, times and status are kept: enough to count a great many. */
    public void remembersOnlyTimes() {
        onlyTimes = true;
    }

    /** Each PATCH and GET request from now on is shown to it when its answer is decided. */
    public void watch(Consumer<ReceivedRequest> watcher) {
        this.watcher = watcher;
    }

    public int tokenRequests() {
        return tokenRequests.get();
    }

    /** What the service has to be told to use it. */
    public Map<String, String> settings() {
        return Map.of(
                "zoom.api-url", apiUrl(),
                "zoom.token-url", tokenUrl(),
                "zoom.account-id", ACCOUNT_ID,
                "zoom.client-id", CLIENT_ID,
                "zoom.client-secret", CLIENT_SECRET);
    }

    /** The settings of a group as they are now. */
    public Map<String, String> settings(String groupId) {
        return Map.copyOf(groups.getOrDefault(groupId, Map.of()));
    }

    private void answer(Request request, Response response, Callback callback) throws Exception {
        var begun = System.nanoTime();
        var path = request.getHttpURI().getPath();
        if (path.equals("/oauth/token")) {
            answerToken(request, response, callback);
            return;
        }
        var body = ByteBuffer.wrap(Content.Source.asInputStream(request).readAllBytes());
        var received = received(request, path, body, begun);
        // Counted when it arrives, as Zoom does, however long its answer takes.
        var limited = refusal(request) == null ? limited(begun) : null;
        var wait = latency.toMillis();
        if (wait > 0) {
            Thread.sleep(wait);
        }
        var told = next.poll();
        if (told == null) {
            var forGroup = perGroup.get(received.groupId());
            told = forGroup == null ? always : forGroup.apply(received);
        }
        var status = 0;
        try {
            if (told instanceof StandInReply.AsZoom) {
                var answer = asZoom(request, received, limited);
                status = answer.status();
                remember(received, status);
                send(answer, response, callback);
            } else if (told instanceof StandInReply.Answer answer) {
                status = answer.status();
                remember(received, status);
                send(answer, response, callback);
            } else {
                if (told instanceof StandInReply.Reset reset && reset.applied()) {
                    status = asZoom(request, received, limited).status();
                }
                remember(received, status);
                fault(told, request);
                if (!(told instanceof StandInReply.Hang)) {
                    callback.failed(new IOException("told to"));
                }
            }
        } catch (JsonProcessingException e) {
            callback.failed(e);
        }
    }

    private void remember(ReceivedRequest request, int status) {
        var answered = new ReceivedRequest(
                request.method(),
                onlyTimes ? "" : request.path(),
                request.groupId(),
                onlyTimes ? Map.of() : request.headers(),
                onlyTimes ? Map.of() : request.fields(),
                onlyTimes ? "" : request.body(),
                request.begun(),
                System.nanoTime(),
                status);
        requests.add(answered);
        watcher.accept(answered);
    }

    private static ReceivedRequest received(Request request, String path, ByteBuffer body, long begun) {
        var headers = new LinkedHashMap<String, List<String>>();
        request.getHeaders()
                .forEach(field -> headers.computeIfAbsent(field.getName(), name -> new ArrayList<>())
                        .add(String.valueOf(field.getValue())));
        var text = StandardCharsets.UTF_8.decode(body.duplicate()).toString();
        return new ReceivedRequest(
                request.getMethod(),
                path,
                path.startsWith(GROUPS + "/")
                        ? URLDecoder.decode(
                                path.substring(GROUPS.length() + 1).replace("+", "%2B"), StandardCharsets.UTF_8)
                        : "",
                headers,
                fields(request.getHeaders().get(HttpHeader.CONTENT_TYPE), body, text),
                text,
                begun,
                0,
                0);
    }

    private static Map<String, String> fields(@Nullable String contentType, ByteBuffer body, String text) {
        var fields = new LinkedHashMap<String, String>();
        var type = contentType == null ? "" : contentType;
        if (type.startsWith("multipart/form-data")) {
            var boundary = MultiPart.extractBoundary(type);
            if (boundary == null) {
                return Map.of("error", "no boundary");
            }
            var parser = new MultiPartFormData.Parser(boundary);
            parser.setMaxMemoryFileSize(-1);
            parser.setUseFilesForPartsWithoutFileName(false);
            try (Blocker.Promise<MultiPartFormData.Parts> parsed = Blocker.promise()) {
                parser.parse(Content.Source.from(body), parsed);
                try (var parts = parsed.block()) {
                    for (var part : parts) {
                        fields.put(part.getName(), part.getContentAsString(StandardCharsets.UTF_8));
                    }
                }
            } catch (IOException e) {
                return Map.of("error", String.valueOf(e.getMessage()));
            }
        } else if (type.startsWith("application/json")) {
            try {
                for (var field : JSON.readTree(text).properties()) {
                    fields.put(field.getKey(), field.getValue().asText());
                }
            } catch (JsonProcessingException e) {
                return Map.of("error", String.valueOf(e.getMessage()));
            }
        }
        return fields;
    }

    private StandInReply.@Nullable Answer refusal(Request request) {
        var authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        var token = authorization == null ? "" : authorization.replaceFirst("^Bearer ", "");
        var expiry = tokens.get(token);
        if (expiry == null) {
            return StandInReply.zoom(401, 124, "Invalid access token.");
        }
        if (Instant.now().isAfter(expiry)) {
            return StandInReply.zoom(401, 124, "Access token is expired.");
        }
        return null;
    }

    private StandInReply.Answer asZoom(Request request, ReceivedRequest received, StandInReply.@Nullable Answer limited)
            throws JsonProcessingException {
        var refusal = refusal(request);
        if (refusal != null) {
            return refusal;
        }
        if (limited != null) {
            return limited;
        }
        if (received.method().equals("GET") && received.path().equals(GROUPS)) {
            return list();
        }
        if (received.groupId().isEmpty()) {
            return StandInReply.zoom(404, 2300, "This API endpoint is not recognized.");
        }
        var exists = !unknown.contains(received.groupId()) && (anyGroup || groups.containsKey(received.groupId()));
        if (!exists) {
            return StandInReply.zoom(404, 4130, "Group does not exist:" + received.groupId() + ".");
        }
        return switch (received.method()) {
            case "GET" -> json(200, described(received.groupId(), groups.getOrDefault(received.groupId(), Map.of())));
            case "PATCH" -> patch(received);
            default -> StandInReply.zoom(405, 405, "Method not allowed.");
        };
    }

    private StandInReply.Answer patch(ReceivedRequest received) {
        var type = String.valueOf(
                received.headers().getOrDefault("Content-Type", List.of("")).get(0));
        if (encodings.stream().noneMatch(type::startsWith)) {
            return StandInReply.zoom(415, 300, "Unsupported Content Type");
        }
        var fields = received.fields();
        if (!fields.containsKey("name")) {
            return StandInReply.zoom(300, 300, "Missing field: name");
        }
        var name = fields.get("name");
        if (name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            return invalid("name", "Invalid field.");
        }
        if (fields.containsKey("type")
                && !Set.of("normal", "shared", "restricted").contains(fields.get("type"))) {
            return invalid("type", "Invalid field.");
        }
        for (var flag : List.of("search_by_domain", "search_by_account", "search_by_ma_account")) {
            if (fields.containsKey(flag) && !Set.of("true", "false").contains(fields.get(flag))) {
                return invalid(flag, "Invalid field.");
            }
        }
        var taken = !anyGroup
                && groups.entrySet().stream()
                        .anyMatch(group -> !group.getKey().equals(received.groupId())
                                && name.equals(group.getValue().get("name")));
        if (taken) {
            return StandInReply.zoom(409, 4132, "Group name " + name + " is already in use.");
        }
        groups.computeIfAbsent(received.groupId(), id -> new ConcurrentHashMap<>())
                .putAll(fields);
        return StandInReply.status(204);
    }

    private static StandInReply.Answer invalid(String field, String message) {
        return new StandInReply.Answer(
                400,
                Map.of("Content-Type", "application/json"),
                "{\"code\":300,\"message\":\"Validation Failed.\",\"errors\":[{\"field\":\"" + field
                        + "\",\"message\":\"" + message + "\"}]}");
    }

    private synchronized StandInReply.@Nullable Answer limited(long now) {
        while (!lastSecond.isEmpty() && now - lastSecond.peekFirst() >= 1_000_000_000L) {
            lastSecond.removeFirst();
        }
        var date = LocalDate.now(ZoneOffset.UTC);
        if (!date.equals(day)) {
            day = date;
            today = 0;
        }
        if (today >= perDay) {
            var answer = StandInReply.zoom(
                    429,
                    429,
                    "You have reached the maximum daily rate limit for this API. Refer to the response header for"
                            + " details on when you can make another request.");
            return limit(answer, "Daily-limit", perDay, date.plusDays(1) + "T00:00:00Z");
        }
        if (lastSecond.size() >= perSecond) {
            return limit(
                    StandInReply.zoom(
                            429,
                            429,
                            "You have reached the maximum per-second rate limit for this API. Try again later."),
                    "QPS",
                    perSecond,
                    null);
        }
        lastSecond.addLast(now);
        today++;
        return null;
    }

    private static StandInReply.Answer limit(
            StandInReply.Answer answer, String type, int limit, @Nullable String retryAfter) {
        var limited = StandInReply.with(answer, "X-RateLimit-Category", "Light");
        limited = StandInReply.with(limited, "X-RateLimit-Type", type);
        limited = StandInReply.with(limited, "X-RateLimit-Limit", String.valueOf(limit));
        limited = StandInReply.with(limited, "X-RateLimit-Remaining", "0");
        return retryAfter == null ? limited : StandInReply.with(limited, "Retry-After", retryAfter);
    }

    private StandInReply.Answer list() throws JsonProcessingException {
        var list = JSON.createObjectNode().put("total_records", groups.size());
        var array = list.putArray("groups");
        groups.forEach((id, settings) -> array.add(described(id, settings)));
        return json(200, list);
    }

    private static JsonNode described(String id, Map<String, String> settings) {
        var group = JSON.createObjectNode().put("id", id);
        group.put("name", settings.getOrDefault("name", id));
        group.put("total_members", 0);
        for (var flag : List.of("search_by_domain", "search_by_account", "search_by_ma_account")) {
            group.put(flag, Boolean.parseBoolean(settings.getOrDefault(flag, "false")));
        }
        return group.put("type", settings.getOrDefault("type", "normal"));
    }

    private static StandInReply.Answer json(int status, JsonNode json) throws JsonProcessingException {
        return new StandInReply.Answer(
                status, Map.of("Content-Type", "application/json"), JSON.writeValueAsString(json));
    }

    private void answerToken(Request request, Response response, Callback callback) throws IOException {
        tokenRequests.incrementAndGet();
        var form = new String(Content.Source.asInputStream(request).readAllBytes(), StandardCharsets.UTF_8);
        var told = tokenReply;
        if (told instanceof StandInReply.Answer answer) {
            send(answer, response, callback);
            return;
        }
        if (told instanceof StandInReply.Trickle) {
            trickle(response);
            callback.failed(new IOException("told to"));
            return;
        }
        if (told != null) {
            fault(told, request);
            return;
        }
        var expected = "Basic "
                + Base64.getEncoder().encodeToString((CLIENT_ID + ":" + clientSecret).getBytes(StandardCharsets.UTF_8));
        var fine = expected.equals(request.getHeaders().get(HttpHeader.AUTHORIZATION))
                && form.contains("grant_type=account_credentials")
                && form.contains("account_id=" + ACCOUNT_ID);
        if (!fine) {
            send(
                    new StandInReply.Answer(
                            400,
                            Map.of("Content-Type", "application/json"),
                            "{\"reason\":\"Invalid client_id or client_secret\",\"error\":\"invalid_client\"}"),
                    response,
                    callback);
            return;
        }
        var token = "stand-in-token-" + UUID.randomUUID();
        tokens.put(token, Instant.now().plus(tokenLifetime));
        send(
                new StandInReply.Answer(
                        200,
                        Map.of("Content-Type", "application/json"),
                        "{\"access_token\":\"" + token + "\",\"token_type\":\"bearer\",\"expires_in\":"
                                + tokenLifetime.toSeconds()
                                + ",\"scope\":\"imgroup:write:admin\",\"api_url\":\"https://api.zoom.us\"}"),
                response,
                callback);
    }

    private static void trickle(Response response) throws IOException {
        response.setStatus(200);
        for (var bytes = 0; bytes < 100; bytes++) {
            Content.Sink.write(response, false, ByteBuffer.wrap(new byte[] {' '}));
            LockSupport.parkNanos(100_000_000L);
        }
    }

    /** A token that is good from now on, for programs that bring their own. */
    public String newToken() {
        var token = "stand-in-token-" + UUID.randomUUID();
        tokens.put(token, Instant.now().plus(tokenLifetime));
        return token;
    }

    private static void send(StandInReply.Answer answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        response.getHeaders()
                .put(
                        "x-zm-trackingid",
                        "v=2.0;clid=us02;rid=WEB_"
                                + UUID.randomUUID().toString().replace("-", ""));
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.write(true, ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8)), callback);
    }

    private static void fault(StandInReply told, Request request) throws IOException {
        var endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        if (told instanceof StandInReply.Reset && endPoint instanceof SocketChannelEndPoint socket) {
            // Closing with a linger of zero sends a reset instead of a farewell.
            socket.getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
            socket.getChannel().close();
        } else if (told instanceof StandInReply.Garbage && endPoint instanceof SocketChannelEndPoint socket) {
            socket.getChannel()
                    .write(ByteBuffer.wrap(
                            "\u0000\u0001\u0002 no HTTP at all\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
            socket.getChannel().close();
        }
    }

    /** Nobody listens on its port any more, and all connections are cut. */
    public void refuseConnections() {
        try {
            // The same port again, when it comes back.
            connector.setPort(connector.getLocalPort());
            connector.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the Zoom stand-in did not stop listening", e);
        }
    }

    /** It listens again, on the same port. */
    public void acceptConnections() {
        try {
            connector.start();
        } catch (Exception e) {
            throw new IllegalStateException("the Zoom stand-in does not listen again", e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the Zoom stand-in did not stop", e);
        }
    }
}
