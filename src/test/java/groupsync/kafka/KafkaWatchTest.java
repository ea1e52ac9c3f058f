package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaWatchTest {

    @Test
    void saysThatKafkaCannotBeUsedUntilItHasLookedAndThenWhy() {
        var nobodyListens = Map.<String, Object>of("bootstrap.servers", "127.0.0.1:1");
        try (var watch = new KafkaWatch(nobodyListens, "updates", "outcomes", "dead-letters", Clock.systemUTC())) {
            assertThat(watch.away())
                    .hasValueSatisfying(
                            away -> assertThat(away.cause()).isEqualTo("starting, Kafka has not been looked at yet"));
            await().untilAsserted(() -> assertThat(watch.away())
                    .hasValueSatisfying(away -> assertThat(away.cause()).isEqualTo("no broker answers")));
        }
    }
}
