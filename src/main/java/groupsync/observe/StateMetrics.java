package groupsync.observe;

import groupsync.delivery.AccountThrottler;
import groupsync.kafka.Lag;
import groupsync.queue.Backlog;
import groupsync.queue.GroupQueues;
import groupsync.queue.OwnedPartitions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/**
 * The state of the service, measured at each scrape.
 *
 * @param timeOfDay the time of day
 */
public record StateMetrics(
        GroupQueues queues,
        OwnedPartitions partitions,
        Lag lag,
        AccountThrottler throttler,
        KafkaCheck kafka,
        Liveness life,
        Clock timeOfDay)
        implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        backlog(registry, "in.hand.events", "Events read and not yet done", Backlog::events);
        backlog(registry, "in.hand.bytes", "Memory that the records of these take", Backlog::bytes);
        backlog(registry, "in.hand.groups", "Groups of these", Backlog::groups);
        backlog(
                registry,
                "lag.events",
                "Events of this instance's partitions that are not done: unread, and in hand",
                backlog -> unread() + backlog.events());
        backlog(
                registry,
                "oldest.event.age.seconds",
                "Since the timestamp of the oldest event in hand, 30 days at the most; 0 if there is none",
                backlog -> Metrics.seconds(EventAge.since(backlog.oldest(), timeOfDay.millis())));
        backlog(registry, "owned.partitions", "Partitions of this instance", Backlog::partitions);
        gauge(
                registry,
                "stalled.partitions",
                "Partitions of this instance that are not read on",
                () -> kafka.standstills().size());
        gauge(
                registry,
                "account.limit.requests.per.second",
                "zoom.requests-per-second: what all instances together may send",
                throttler::accountLimit);
        gauge(
                registry,
                "owned.limit.requests.per.second",
                "The part of it that goes with this instance's partitions",
                throttler::ownedLimit);
        gauge(
                registry,
                "lent.limit.requests.per.second",
                "The part of that which is lent to other instances' partitions now",
                throttler::lentLimit);
        gauge(
                registry,
                "borrowed.limit.requests.per.second",
                "What other instances' partitions lend to this instance now, beyond its own part",
                throttler::borrowedLimit);
        gauge(
                registry,
                "pace.ratio",
                "The part of that which is used; below 1 after 429s, since other apps share the limit",
                throttler::pace);
        gauge(
                registry,
                "silence.seconds",
                "For how long the most silent part of the service has given no sign of life; at 300 it is not live",
                life::longestSilence);
        gauge(
                registry,
                "kafka.up",
                "1 if Kafka and the topics can be used, as far as known",
                () -> kafka.isUp() ? 1 : 0);
    }

    /** The unread events of this instance's partitions; not a number before the first measurement. */
    private double unread() {
        var unread = lag.behind(partitions.positions());
        return unread.isPresent() ? unread.getAsLong() : Double.NaN;
    }

    private void backlog(MeterRegistry registry, String name, String meaning, ToDoubleFunction<Backlog> value) {
        gauge(registry, name, meaning, () -> value.applyAsDouble(queues.backlog()));
    }

    private static void gauge(MeterRegistry registry, String name, String meaning, DoubleSupplier value) {
        Gauge.builder("zoom.group.sync." + name, value::getAsDouble)
                .description(meaning)
                .register(registry);
    }
}
