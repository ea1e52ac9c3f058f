package groupsync.observe;

import groupsync.delivery.CircuitBreaker;
import groupsync.kafka.KafkaHealth;
import groupsync.kafka.Membership;
import groupsync.kafka.OpenTransactions;
import groupsync.kafka.Outage;
import groupsync.kafka.Standstill;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether Kafka can be used: the topics are there, updates can be read and outcomes published, the partitions are certainly
 * this instance's, and none of them stands still.
 *
 * @param timeOfDay the time of day
 */
public record KafkaCheck(
        KafkaHealth kafka, Membership member, CircuitBreaker breaker, OpenTransactions transactions, Clock timeOfDay)
        implements HealthCheck {

    static final String NAME = "kafka";

    @Override
    public Result check() {
        return outage().or(() -> breaker.pause()
                        .filter(pause -> pause.part().equals(NAME))
                        .map(Result::of))
                .or(this::standstill)
                .orElseGet(() -> Result.up(NAME));
    }

    private Optional<Result> outage() {
        return kafka.outage()
                .map(outage -> down(outage, kafka.nextCheck()))
                .or(() -> member.health()
                        .outage()
                        .or(member.lease()::expiry)
                        .map(outage -> down(outage, timeOfDay.instant())));
    }

    private static Result down(Outage outage, Instant nextCheck) {
        return Result.down(NAME, outage.cause(), KafkaHealth.REMEDY, outage.since(), nextCheck);
    }

    /** Whether Kafka can be used, as far as known; a partition that stands still does not count. */
    boolean isUp() {
        return outage().isEmpty();
    }

    /** The causes of all standstills, and the remedy of the first: the others may have the same cause. */
    private Optional<Result> standstill() {
        var standstills = standstills();
        return standstills.stream().findFirst().map(first -> {
            var causes = standstills.stream().map(Standstill::cause).collect(Collectors.joining("; "));
            return Result.down(NAME, causes, first.remedy(), first.since(), timeOfDay.instant());
        });
    }

    /** The partitions of this instance that are not read, while the others are. */
    List<Standstill> standstills() {
        return Stream.concat(
                        member.damaged().standstills().stream(),
                        transactions.standstills(member.partitions().positions().keySet()).stream())
                .toList();
    }
}
