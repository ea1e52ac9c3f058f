package groupsync.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partitions whose updates wait behind a transaction that does not end: a reader of committed records gets nothing of
 * what lies behind its begin, and Kafka's consumer says nothing of it.
 */
final class OpenTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);
    /** A producer has one minute for a transaction (transaction.timeout.ms), unless it asks for more. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Clock timeOfDay;
    private final Clock clock;
    private final Map<TopicPartition, Open> open = new ConcurrentHashMap<>();

    /**
     * A transaction that is open.
     *
     * @param begin the offset of its first record
     * @param measured when it was first seen, by the clock that nobody sets
     * @param standstill that it is, once it is open for long
     */
    private record Open(long begin, Instant since, Instant measured, Optional<Standstill> standstill) {}

    /** @param clock that nobody sets, which measures how long a transaction is open */
    OpenTransactions(Clock timeOfDay, Clock clock) {
        this.timeOfDay = timeOfDay;
        this.clock = clock;
    }

    /**
     * Where a partition ends.
     *
     * @param stable where the first transaction that is open begins, or else the end
     * @param end where the next record will be
     */
    void measured(TopicPartition partition, long stable, long end) {
        var before = open.get(partition);
        if (before != null && (before.begin() != stable || stable >= end)) {
            open.remove(partition);
            before.standstill()
                    .ifPresent(
                            was -> LOG.info("updates are read again topic={} partition={}", topic(was), number(was)));
            before = null;
        }
        if (stable >= end) {
            return;
        }
        if (before == null) {
            open.put(partition, new Open(stable, timeOfDay.instant(), clock.instant(), Optional.empty()));
        } else if (before.standstill().isEmpty()
                && !clock.instant().isBefore(before.measured().plus(LONG))) {
            var standstill = standstill(partition, before);
            open.put(partition, new Open(stable, before.since(), before.measured(), Optional.of(standstill)));
            LOG.warn(
                    "updates wait behind a transaction that does not end topic={} partition={} offset={} since={}"
                            + " remedy=[{}]",
                    topic(standstill),
                    number(standstill),
                    stable,
                    before.since(),
                    standstill.remedy());
        }
    }

    private static Standstill standstill(TopicPartition partition, Open open) {
        return new Standstill(
                partition,
                open.begin(),
                partition + " stands still at offset " + open.begin()
                        + ", where a transaction begins that does not end",
                "find the transaction's producer; if it runs no more, end the transaction with kafka-transactions.sh"
                        + " abort --topic " + partition.topic() + " --partition " + partition.partition()
                        + " --start-offset " + open.begin() + " (find-hanging lists those of all partitions)",
                open.since());
    }

    private static String topic(Standstill standstill) {
        return standstill.partition().topic();
    }

    private static int number(Standstill standstill) {
        return standstill.partition().partition();
    }

    /** Those of these partitions in which a transaction is open for long. */
    List<Standstill> standstills(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .flatMap(partition -> Optional.ofNullable(open.get(partition)).stream())
                .flatMap(transaction -> transaction.standstill().stream())
                .toList();
    }
}
