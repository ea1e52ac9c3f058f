package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.observe.ObserveServer;
import groupsync.sandbox.ZoomStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The shipped service between a real broker and a Zoom stand-in, new for each test. */
public final class GroupSyncFixture implements BeforeEachCallback, AfterEachCallback {

    private final Map<String, String> settings = new HashMap<>();
    private final Topics topics = new Topics(4);
    private final ZoomStandIn zoom = new ZoomStandIn();
    private final Map<String, Object> replaced = new HashMap<>();
    private @Nullable Main main;
    private int managementPort;

    @Override
    public void beforeEach(ExtensionContext context) {
        settings.putAll(topics.settings(zoom));
        settings.put("zoom.retry.delay", "50ms");
        settings.put("zoom.pause.probe-interval", "500ms");
        managementPort = FreePort.find();
        settings.put("management.port", String.valueOf(managementPort));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop();
        zoom.close();
        topics.close();
    }

    /** Sets a key for the next start. */
    public GroupSyncFixture with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** Replaces a bean that the routes name, for the next start. */
    void replace(String bean, Object by) {
        replaced.put(bean, by);
    }

    public void start() {
        start(Clock.systemUTC());
    }

    public void start(Clock timeOfDay) {
        var here = new HashMap<>(settings);
        // A free port may be taken by the time of the start.
        here.put("management.port", "0");
        main = GroupSyncApplication.create(here, timeOfDay);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                var registry = configured.getCamelContext().getRegistry();
                replaced.forEach((bean, by) -> {
                    registry.unbind(bean);
                    registry.bind(bean, by);
                });
            }
        });
        main.start();
        managementPort = main.lookup("observeServer", ObserveServer.class).port();
    }

    void stop() {
        if (main != null) {
            main.stop();
            main = null;
        }
    }

    /** The service's answer about its health. */
    HttpResponse<String> health(String path) {
        return get("/observe/health" + path);
    }

    /** Waits for a pause with another cause than the start, which ends with the first check of Kafka. */
    void isPaused() {
        await().until(() -> {
            var ready = health("/ready");
            return ready.statusCode() == 503 && !ready.body().contains("starting");
        });
    }

    void isReady() {
        await().until(() -> health("/ready").statusCode() == 200);
    }

    void healthSays(String text) {
        await().untilAsserted(() -> assertThat(health("").body()).contains(text));
    }

    /** Waits until each update has its outcome. */
    void isDone() {
        await().until(() -> topics.lag() == 0);
    }

    /** The sum of the service's metrics with this name and these labels. */
    double metric(String name, String... labels) {
        return metrics().value("zoom_group_sync_" + name, labels);
    }

    /** The service's metrics. */
    public Scrape metrics() {
        return new Scrape(get("/observe/metrics").body());
    }

    HttpResponse<String> get(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public ZoomStandIn zoom() {
        return zoom;
    }

    public Topics topics() {
        return topics;
    }

    /** Sends an update of the group's name to {@code n}. */
    Topics.ConsumerPosition receives(String groupId) {
        return receives(groupId, "{\"groupId\":\"" + groupId + "\",\"name\":\"n\"}");
    }

    /** Sends an update, keyed by a group id as senders should. */
    public Topics.ConsumerPosition receives(String groupId, String update) {
        return topics.send(groupId, update.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends this number of updates, to this number of groups in turn. */
    void sends(int events, int groups) {
        for (var i = 0; i < events; i++) {
            var group = "g" + i % groups;
            topics.sendAsync(group, "{\"groupId\":\"" + group + "\",\"name\":\"" + i + "\"}");
        }
        topics.flush();
    }

    /** Waits until all events are applied, and none is refused. */
    void allAreApplied(int events) {
        assertThat(topics.outcomes(events, "status")).hasSize(events).containsOnly("APPLIED");
        assertThat(topics.deadLetters(0)).isEmpty();
        isDone();
    }
}
