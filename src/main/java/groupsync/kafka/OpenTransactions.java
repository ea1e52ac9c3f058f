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
 * Partitions whose updates wait behind a transaction that does not end. A reader of committed records gets no record behind
 * its first one, and Kafka's consumer reports no error.
 */
public final class OpenTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);
    /** A transaction may take one minute by default (transaction.timeout.ms). */
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Clock timeOfDay;
    private final Clock steady;
    private final Map<TopicPartition, Open> open = new ConcurrentHashMap<>();

    /**
     * An open transaction.
     *
     * @param begin the offset of its first record
     * @param since the time of day at which it was first measured
     * @param measured the same by the clock that is never set
     * @param standstill present once it is open for long
     */
    private record Open(long begin, Instant since, Instant measured, Optional<Standstill> standstill) {}

    /** @param steady a clock that is never set, for the age of transactions */
    public OpenTransactions(Clock timeOfDay, Clock steady) {
        this.timeOfDay = timeOfDay;
        this.steady = steady;
    }

    /**
     * Takes the end of a partition.
     *
     * @param stable the first offset of the first open transaction; without one, the end
     * @param end the offset of the next record
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
            open.put(partition, new Open(stable, timeOfDay.instant(), steady.instant(), Optional.empty()));
        } else if (before.standstill().isEmpty()
                && !steady.instant().isBefore(before.measured().plus(LONG))) {
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

    /** Of these partitions, those in which a transaction is open for long. */
    public List<Standstill> standstills(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .flatMap(partition -> Optional.ofNullable(open.get(partition)).stream())
                .flatMap(transaction -> transaction.standstill().stream())
                .toList();
    }
}
