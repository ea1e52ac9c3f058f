package groupsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import groupsync.Patience;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The time from a request to the stand-in's answer. */
class AnswerTimesTest {

    private static final Duration MEDIAN = Duration.ofMillis(180);
    private static final Duration RARE = Duration.ofSeconds(2);
    private static final int DRAWN = 100_000;

    private final ZoomStandIn zoom = new ZoomStandIn();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        zoom.close();
    }

    @Test
    void halfOfTheLogNormalTimesAreAboveTheMedianAndOnePercentAreRare() {
        var times = drawn(Latencies.logNormal(MEDIAN, RARE));

        assertThat(share(times, MEDIAN)).isCloseTo(0.5, within(0.01));
        assertThat(share(times, RARE)).isCloseTo(0.01, within(0.001));
    }

    @Test
    void uniformTimesAreBetweenTheTwoAndAsOftenInEachHalf() {
        var times = drawn(Latencies.uniform(Duration.ofMillis(200), Duration.ofMillis(300)));

        assertThat(times).allMatch(time -> time.toMillis() >= 200 && time.toMillis() <= 300);
        assertThat(share(times, Duration.ofMillis(250))).isCloseTo(0.5, within(0.01));
    }

    static Stream<Supplier<Supplier<Duration>>> models() {
        return Stream.of(() -> Latencies.uniform(MEDIAN, RARE), () -> Latencies.logNormal(MEDIAN, RARE));
    }

    @ParameterizedTest
    @MethodSource("models")
    void eachRunMeetsTheSameTimes(Supplier<Supplier<Duration>> model) {
        assertThat(drawn(model.get())).isEqualTo(drawn(model.get()));
    }

    @Test
    void moreRequestsWaitForTheirAnswersThanTheServerHasThreads() {
        var waiting = new AtomicInteger();
        zoom.latency(() -> {
            waiting.incrementAndGet();
            return Duration.ofDays(1);
        });

        requests(StandInServer.THREADS * 2);

        await().atMost(Patience.LONGEST).until(() -> waiting.get() == StandInServer.THREADS * 2);
    }

    @Test
    void noAnswerComesWithinAStall() {
        zoom.latency(Duration.ofMillis(20));
        var stall = Duration.ofSeconds(1);
        var begun = System.nanoTime();
        zoom.stall(stall);

        CompletableFuture.allOf(requests(3)).join();

        assertThat(zoom.requests()).hasSize(3).allMatch(request -> request.ended() - begun >= stall.toNanos());
    }

    private CompletableFuture<?>[] requests(int count) {
        var token = zoom.newToken();
        return IntStream.range(0, count)
                .mapToObj(number -> HttpRequest.newBuilder(URI.create(zoom.apiUrl() + "/im/groups/g" + number))
                        .header("Authorization", "Bearer " + token)
                        .build())
                .map(request -> http.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toArray(CompletableFuture<?>[]::new);
    }

    private static List<Duration> drawn(Supplier<Duration> model) {
        return Stream.generate(model).limit(DRAWN).toList();
    }

    private static double share(List<Duration> times, Duration above) {
        return (double) times.stream().filter(time -> time.compareTo(above) > 0).count() / times.size();
    }
}
