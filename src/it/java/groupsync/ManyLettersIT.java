package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Measures the dead-letter tool with many letters and little memory: -Dit.test=ManyLettersIT -Dletters=100000. */
@EnabledIfSystemProperty(named = "letters", matches = "\\d+")
class ManyLettersIT {

    private final int letters = Integer.getInteger("letters", 0);

    @Test
    void takeTimeButNoMemory() {
        try (var topics = new Topics(4)) {
            send(topics);

            measure(topics, letters, "list", "--output", "json");
            measure(topics, letters + 1, "list");
            measure(topics, 1, "list", "--output", "json", "--event", "hr-" + (letters - 1));
            measure(topics, 4, "stats", "--output", "json");
            measure(topics, 4, "replay", "--dry-run");
        }
    }

    private void send(Topics topics) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", TestBroker.brokers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (var i = 0; i < letters; i++) {
                var unused = producer.send(letter(topics, i));
            }
        }
    }

    private static ProducerRecord<String, String> letter(Topics topics, int number) {
        var group = "SobVexyrQjqCkcxj-" + number % 1_000;
        var headers = new ArrayList<Header>();
        // The first header of a letter; the order of the others does not matter.
        var reason = number % 2 == 0 ? "name-taken" : "group-not-found";
        headers.add(new RecordHeader("dead-letter-reason", reason.getBytes(UTF_8)));
        Map.of(
                        "message",
                        "Group does not exist:" + group + ".",
                        "http-status",
                        "404",
                        "zoom-code",
                        "4130",
                        "failed-at",
                        Instant.ofEpochSecond(1_795_409_100 + number).toString(),
                        "event-id",
                        "hr-" + number,
                        "group-id",
                        group,
                        "source-topic",
                        topics.updates,
                        "source-partition",
                        "0",
                        "source-offset",
                        String.valueOf(number))
                .forEach((name, value) -> headers.add(new RecordHeader("dead-letter-" + name, value.getBytes(UTF_8))));
        return new ProducerRecord<>(
                topics.deadLetters,
                null,
                group,
                "{\"eventId\":\"hr-" + number + "\",\"groupId\":\"" + group
                        + "\",\"name\":\"Finance\",\"type\":\"restricted\",\"search_by_domain\":false}",
                headers);
    }

    private static void measure(Topics topics, int lines, String... arguments) {
        var all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(List.of(arguments));
        var begun = System.nanoTime();
        try (var tool = ServiceProcess.start(topics.settings(), all, "-Xmx64m")) {
            assertThat(tool.exitStatus(Duration.ofMinutes(10)))
                    .as(tool.output())
                    .isZero();
            System.out.printf("%,.1f s  %s%n", (System.nanoTime() - begun) / 1e9, String.join(" ", arguments));
            assertThat(tool.output().lines()).hasSizeGreaterThanOrEqualTo(lines);
        }
    }
}
