package groupsync.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Zoom on this machine: real HTTP, the token endpoint, IM groups and contact groups, with Zoom's own answers and limits or with
 * the replies of a script. It records all requests to the API.
 */
public final class ZoomStandIn implements AutoCloseable {

    public static final String ACCOUNT_ID = "sandbox-account";
    public static final String CLIENT_ID = "sandbox-client";
    public static final String CLIENT_SECRET = "sandbox-secret-5b1f";

    private static final StandInReply.Answer NO_SUCH_ADDRESS =
            StandInReply.zoom(404, 2300, "This API endpoint is not recognized.");

    private final TokenEndpoint tokens = new TokenEndpoint();
    private final ImGroups im = new ImGroups();
    private final ContactGroups contacts = new ContactGroups(() -> this.timeOfDay.instant());
    /** A test that moves a group from IM to contacts sees the settings of the latter. */
    private final List<GroupFamily> families = List.of(contacts, im);

    private final RateLimits limits = new RateLimits(() -> this.timeOfDay.instant());
    private final AnswerTimes times = new AnswerTimes();
    private final ReplyScript script = new ReplyScript();
    private final List<ReceivedRequest> requests = Collections.synchronizedList(new ArrayList<>());
    private final StandInServer server;

    private volatile Consumer<ReceivedRequest> watcher = request -> {};
    private volatile boolean onlyTimes;
    private volatile Clock timeOfDay = Clock.systemUTC();

    /** Listens on a free port of the loopback address. */
    public ZoomStandIn() {
        this("127.0.0.1", 0, null);
    }

    /**
     * Listens on a free port of the loopback address, with TLS.
     *
     * @param keyStore PKCS12, with the server's key and certificate
     */
    public ZoomStandIn(Path keyStore, String password) {
        this("127.0.0.1", 0, tls(keyStore, password));
    }

    ZoomStandIn(String host, int port, SslContextFactory.@Nullable Server tls) {
        server = new StandInServer(host, port, tls, new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws IOException {
                receive(request, reply -> ReplyWriter.write(reply, request, response, callback), callback);
                return true;
            }
        });
    }

    private static SslContextFactory.Server tls(Path keyStore, String password) {
        var tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keyStore.toString());
        tls.setKeyStorePassword(password);
        return tls;
    }

    private void receive(Request request, Writer writer, Callback callback) throws IOException {
        var authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (request.getHttpURI().getPath().equals(TokenEndpoint.PATH)) {
            var form = Content.Source.asInputStream(request).readAllBytes();
            writer.write(tokens.reply(authorization, new String(form, StandardCharsets.UTF_8)));
            return;
        }
        var received = RequestReader.read(request);
        // Counted on arrival, as Zoom does, however long the answer takes.
        var refusal = refusal(received, authorization);
        times.await(server, () -> {
            try {
                writer.write(reply(received, refusal));
            } catch (IOException | RuntimeException e) {
                callback.failed(e);
            }
        });
    }

    private StandInReply.@Nullable Answer refusal(ReceivedRequest received, @Nullable String authorization) {
        var unauthorized = tokens.refusal(authorization);
        var label = families.stream()
                .filter(one -> one.has(received))
                .findFirst()
                .map(one -> one.label(received))
                .orElse(RateLabel.LIGHT);
        return unauthorized == null ? limits.refusal(label, received.begun()) : unauthorized;
    }

    private StandInReply reply(ReceivedRequest received, StandInReply.@Nullable Answer refusal) {
        var reply = script.reply(received);
        var applied = reply instanceof StandInReply.AsZoom || reply.equals(new StandInReply.Reset(true));
        var answer = !applied ? reply : refusal != null ? refusal : answer(received);
        record(received.answered(answer instanceof StandInReply.Answer written ? written.status() : 0));
        return reply instanceof StandInReply.Reset ? reply : answer;
    }

    private StandInReply.Answer answer(ReceivedRequest received) {
        return families.stream()
                .filter(one -> one.has(received))
                .findFirst()
                .map(one -> one.answer(received))
                .orElse(NO_SUCH_ADDRESS);
    }

    private void record(ReceivedRequest request) {
        var recorded = onlyTimes ? request.withoutContent() : request;
        requests.add(recorded);
        watcher.accept(recorded);
    }

    /** The value for {@code zoom.api-url}. */
    public String apiUrl() {
        return server.url() + "/v2";
    }

    /** The value for {@code zoom.token-url}. */
    public String tokenUrl() {
        return server.url() + TokenEndpoint.PATH;
    }

    /** The service's settings for this stand-in. */
    public Map<String, String> settings() {
        return Map.of(
                "zoom.api-url", apiUrl(),
                "zoom.token-url", tokenUrl(),
                "zoom.account-id", ACCOUNT_ID,
                "zoom.client-id", CLIENT_ID,
                "zoom.client-secret", CLIENT_SECRET);
    }

    /** Adds an IM group. Without this, any IM group exists; from the first one on, only added ones do. */
    public ZoomStandIn group(String id, String name) {
        im.groups().add(id, Map.of("name", name, "type", "normal"));
        return this;
    }

    /** Adds a contact group. Without this, any contact group exists; from the first one on, only added ones do. */
    public ZoomStandIn contactGroup(String id, String name) {
        contacts.groups().add(id, Map.of("name", name, "privacy", "2", "description", ""));
        return this;
    }

    /** This group does not exist, in neither family. */
    public void unknown(String groupId) {
        families.forEach(family -> family.groups().remove(groupId));
    }

    /**
     * The present settings of a group of either family: those of an IM group, or {@code name}, {@code privacy} and
     * {@code description} of a contact group.
     */
    public Map<String, String> settings(String groupId) {
        return families.stream()
                .map(family -> Map.copyOf(family.groups().settings(groupId)))
                .filter(settings -> !settings.isEmpty())
                .findFirst()
                .orElse(Map.of());
    }

    /** The content types that a PATCH of an IM group may have from now on. */
    public void encodings(String... accepted) {
        im.encodings = Set.of(accepted);
    }

    /** The time from each request to its answer. */
    public void latency(Duration time) {
        latency(Latencies.constant(time));
    }

    /** The time from each request to its answer, drawn for each, such as one of {@link Latencies}. */
    public void latency(Supplier<Duration> time) {
        times.latency = time;
    }

    /** Holds all answers that are due within this time from now on until it ends; requests are counted on arrival as ever. */
    public void stall(Duration time) {
        times.stall(time);
    }

    /** More requests than this in any one second are answered 429. */
    public void perSecond(int limit) {
        limits.perSecond = limit;
    }

    /**
     * From now on, another app of the account sends requests at random times, which count against the limit of a second.
     *
     * @param perSecond requests on average
     */
    public void otherApp(double perSecond, Random random) {
        limits.share(new OtherApp(perSecond, random, System.nanoTime()));
    }

    /** The requests of {@link #otherApp}, until the last request, that were not refused. */
    public long takenByOtherApp() {
        return limits.takenByOther();
    }

    /** Moves the account to contact groups: from now on, each call for IM groups is answered 410. */
    public void moveAccount() {
        im.moved = true;
    }

    /** More Heavy calls than this on any UTC day are answered 429. */
    public void perDay(int limit) {
        limits.perDay = limit;
    }

    /** The clock of the day, and of the lifetime of page tokens. */
    public void timeOfDay(Clock clock) {
        timeOfDay = clock;
    }

    /** Makes all page tokens so far invalid. */
    public void expirePageTokens() {
        contacts.tokens.expireAll();
    }

    /** The lifetime of the tokens from now on. */
    public void tokenLifetime(Duration lifetime) {
        tokens.lifetime = lifetime;
    }

    /** The secret that the token endpoint accepts from now on. */
    public void clientSecret(String secret) {
        tokens.secret = secret;
    }

    /** Makes all tokens so far invalid. */
    public void revokeTokens() {
        tokens.revokeAll();
    }

    /** A valid token, for programs that bring their own. */
    public String newToken() {
        return tokens.issue();
    }

    /** The reply to each request for a token from now on; {@code null} for Zoom's own. */
    public void tokenReply(@Nullable StandInReply reply) {
        tokens.scripted = reply;
    }

    /** The number of requests for a token. */
    public int tokenRequests() {
        return tokens.requests.get();
    }

    /** The replies to the next requests, one each, for whatever group. */
    public void answers(StandInReply... replies) {
        script.next(replies);
    }

    /** The reply to each request from now on. */
    public void answersAlways(StandInReply reply) {
        script.always = reply;
    }

    /** The reply to each request for this group. */
    public void answersFor(String groupId, Function<ReceivedRequest, StandInReply> reply) {
        script.forGroup(groupId, reply);
    }

    /** The reply to each request for the list of all groups. */
    public void answersLists(StandInReply reply) {
        script.forGroup("", request -> reply);
    }

    /** All PATCH and GET requests, in the order of their arrival. */
    public List<ReceivedRequest> requests() {
        synchronized (requests) {
            return requests.stream()
                    .sorted(Comparator.comparingLong(ReceivedRequest::begun))
                    .toList();
        }
    }

    /** The number of requests for the list of all groups, or for a page of it. */
    public long lists() {
        return requests().stream()
                .filter(request -> families.stream().anyMatch(family -> family.isList(request)))
                .count();
    }

    /** Records of each request from now on only method, group, times and status: enough to count a great many. */
    public void remembersOnlyTimes() {
        onlyTimes = true;
    }

    /** Shows each PATCH and GET request from now on to this watcher, before it is answered. */
    public void watch(Consumer<ReceivedRequest> watcher) {
        this.watcher = watcher;
    }

    /** Stops listening and cuts all connections. */
    public void refuseConnections() {
        server.refuseConnections();
    }

    /** Listens again, on the same port. */
    public void acceptConnections() {
        server.acceptConnections();
    }

    @Override
    public void close() {
        server.close();
    }

    @FunctionalInterface
    private interface Writer {
        void write(StandInReply reply) throws IOException;
    }
}
