package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.observe.ObserveServer;
import groupsync.sandbox.Latencies;
import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.ZoomStandIn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several instances of the shipped service, which share a limit of 60 a second by their twelve partitions. */
class LentSlotsTest {

    private static final int PARTITIONS = 12;
    private static final int LIMIT = 60;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Topics topics = new Topics(PARTITIONS);
    private final ZoomStandIn zoom = new ZoomStandIn();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Main> instances = new ArrayList<>();
    private int sent;

    @BeforeEach
    void zoomIsStrict() {
        zoom.perSecond(LIMIT);
        zoom.latency(Latencies.uniform(Duration.ofMillis(50), Duration.ofMillis(100)));
    }

    @AfterEach
    void stop() {
        instances.forEach(Main::stop);
        zoom.close();
        topics.close();
    }

    private Main starts() {
        var settings = new HashMap<>(topics.settings(zoom));
        settings.put("zoom.requests-per-second", String.valueOf(LIMIT));
        settings.put("management.port", "0");
        var instance = GroupSyncApplication.create(settings);
        instance.start();
        instances.add(instance);
        return instance;
    }

    private void threeShareThePartitions() {
        IntStream.range(0, 3).forEach(any -> starts());
        await().until(() -> instances.stream().allMatch(one -> metric(one, "owned_partitions") == 4));
    }

    private double metric(Main instance, String name) {
        var port = instance.lookup("observeServer", ObserveServer.class).port();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/metrics"))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Scrape(answer.body()).value("zoom_group_sync_" + name);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private double all(String name) {
        return instances.stream().mapToDouble(one -> metric(one, name)).sum();
    }

    /** Updates of as many groups, whose names begin with that of their backlog. */
    private void waiting(String backlog, int partition, int events) {
        Stream.iterate(0, number -> number + 1)
                .map(number -> backlog + number)
                .filter(group -> BuiltInPartitioner.partitionForKey(group.getBytes(UTF_8), PARTITIONS) == partition)
                .limit(events)
                .forEach(group -> topics.sendAsync(group, "{\"groupId\":\"" + group + "\",\"name\":\"n\"}"));
        topics.flush();
        sent += events;
    }

    private List<ReceivedRequest> patches() {
        return zoom.requests().stream()
                .filter(request -> request.method().equals("PATCH"))
                .toList();
    }

    private void allAreAppliedWithinTheLimit() {
        await().until(() -> topics.lag() == 0);
        var refused =
                patches().stream().filter(request -> request.status() == 429).count();
        assertThat(patches()).hasSize(sent + (int) refused);
        // A busy machine delays a request now and then. A slot with two users would show by dozens.
        assertThat(refused).isLessThanOrEqualTo(sent / 200);
    }

    private int mostInASecond() {
        ToLongFunction<ReceivedRequest> begun = ReceivedRequest::begun;
        var times = new TreeSet<>(patches().stream().map(begun::applyAsLong).toList());
        return times.stream()
                .mapToInt(time -> times.subSet(time, time + SECOND).size())
                .max()
                .orElse(0);
    }

    @Test
    void theOnlyBusyPartitionGetsTheSlotsOfAll() {
        threeShareThePartitions();

        waiting("busy", 5, 1200);
        await().until(() -> all("borrowed_limit_requests_per_second") == LIMIT * 8 / 12.0);

        assertThat(all("lent_limit_requests_per_second")).isEqualTo(LIMIT * 8 / 12.0);
        allAreAppliedWithinTheLimit();
        // The owner of four partitions may send 20 a second without the slots of others.
        assertThat(mostInASecond()).isGreaterThan(LIMIT / 2);
        await().until(() -> all("lent_limit_requests_per_second") == 0);
    }

    @Test
    void aPartitionWithEventsAgainGetsItsSlotsBack() {
        threeShareThePartitions();
        waiting("busy", 5, 1200);
        await().until(() -> all("borrowed_limit_requests_per_second") == LIMIT * 8 / 12.0);

        IntStream.range(0, PARTITIONS)
                .filter(partition -> partition != 5)
                .forEach(partition -> waiting("late" + partition + "-", partition, 3));

        allAreAppliedWithinTheLimit();
        var order = patches();
        // At the end come the three other partitions of the busy instance, behind its backlog, and none of the other
        // eight.
        assertThat(order.subList(order.size() - 100, order.size()))
                .filteredOn(request -> request.groupId().startsWith("late"))
                .hasSizeLessThanOrEqualTo(9);
    }

    @Test
    void keepTheLimitWhileOneJoinsAndOneStops() {
        IntStream.range(0, PARTITIONS).forEach(partition -> waiting("group" + partition + "-", partition, 150));
        var leaves = starts();
        await().until(() -> patches().size() > 100);

        starts();
        await().until(() -> instances.stream().allMatch(one -> metric(one, "owned_partitions") == 6));
        var joined = patches().size();
        await().until(() -> patches().size() > joined + 200);
        instances.remove(leaves);
        leaves.stop();

        allAreAppliedWithinTheLimit();
    }
}
