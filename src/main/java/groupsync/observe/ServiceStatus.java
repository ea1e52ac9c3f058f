package groupsync.observe;

import com.fasterxml.jackson.annotation.JsonInclude;
import groupsync.observe.RecentLetters.Letter;
import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The figures that the page shows, besides health. Counts are since the start of this process. {@code null} is left out of the
 * JSON.
 *
 * @param time the present time of this machine, ISO-8601
 * @param waiting updates of this instance's partitions that are not done; {@code null} before the first look at Kafka
 * @param oldestSeconds the age of the oldest pending update
 * @param applied updates that Zoom has applied
 * @param requestsPerSecond this instance's part of the limit; {@code null} without a limit
 * @param accountRequestsPerSecond the limit; {@code null} without a limit
 * @param answers of Zoom
 * @param deadLetters the number of dead letters, by their reason
 * @param latestDeadLetters the latest first
 * @param partitions of the updates topic that this instance owns, at most {@value #MOST_PARTITIONS} of them
 * @param ownedPartitions the number of all of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceStatus(
        String time,
        @Nullable Double waiting,
        @Nullable Double oldestSeconds,
        long applied,
        @Nullable Double requestsPerSecond,
        @Nullable Double accountRequestsPerSecond,
        List<Answers> answers,
        Map<String, Long> deadLetters,
        List<Letter> latestDeadLetters,
        List<Integer> partitions,
        int ownedPartitions) {

    static final int MOST_PARTITIONS = 100;

    /**
     * Equal answers of Zoom.
     *
     * @param verdict the meaning, as in the metrics
     * @param method {@code PATCH} is an update
     * @param status the HTTP status, or {@code none}
     */
    record Answers(String verdict, String method, String status, long count) {

        private static Answers of(Counter counter) {
            return new Answers(
                    tag(counter, "verdict"),
                    tag(counter, "method"),
                    tag(counter, "status"),
                    Math.round(counter.count()));
        }
    }

    /** The present status, of metrics and of what they have no place for. */
    static ServiceStatus of(Figures figures, List<Letter> latest, Collection<TopicPartition> partitions, Instant now) {
        var letters = new TreeMap<String, Long>();
        figures.counters("dead.letters")
                .forEach(counter -> letters.put(tag(counter, "reason"), Math.round(counter.count())));
        letters.values().removeIf(count -> count == 0);
        return new ServiceStatus(
                now.toString(),
                figures.gauge("lag.events").orElse(null),
                figures.gauge("oldest.event.age.seconds").orElse(null),
                figures.count("events", "status", "applied"),
                figures.gauge("owned.limit.requests.per.second").orElse(null),
                figures.gauge("account.limit.requests.per.second").orElse(null),
                figures.counters("requests").stream()
                        .map(Answers::of)
                        .filter(answers -> answers.count > 0)
                        .sorted(Comparator.comparingLong(Answers::count).reversed())
                        .toList(),
                letters,
                latest,
                partitions.stream()
                        .map(TopicPartition::partition)
                        .sorted()
                        .limit(MOST_PARTITIONS)
                        .toList(),
                partitions.size());
    }

    private static String tag(Counter counter, String name) {
        return String.valueOf(counter.getId().getTag(name));
    }
}
