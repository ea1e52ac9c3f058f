package groupsync.observe;

import groupsync.delivery.AccountThrottler;
import groupsync.queue.GroupQueues;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.function.DoubleSupplier;

/** How things stand at the moment when somebody looks. */
public final class StateMetrics implements MeterBinder {

    private final GroupQueues queues;
    private final AccountThrottler throttler;
    private final DoubleSupplier unread;
    private final DoubleSupplier kafkaUp;
    private final DoubleSupplier stalled;
    private final DoubleSupplier silence;
    private final Clock clock;

    /**
     * @param unread the events of our partitions that were not yet read, if that is known, else not a number
     * @param kafkaUp 1 if Kafka can be used, else 0
     * @param stalled how many of our partitions are not read on, while the others are
     * @param silence for how many seconds the most silent part of the service has given no sign of life
     */
    public StateMetrics(
            GroupQueues queues,
            AccountThrottler throttler,
            DoubleSupplier unread,
            DoubleSupplier kafkaUp,
            DoubleSupplier stalled,
            DoubleSupplier silence,
            Clock clock) {
        this.queues = queues;
        this.throttler = throttler;
        this.unread = unread;
        this.kafkaUp = kafkaUp;
        this.stalled = stalled;
        this.silence = silence;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(
                registry,
                "in.hand",
                "events",
                "Events read and not yet done",
                () -> queues.backlog().events());
        gauge(
                registry,
                "in.hand",
                "bytes",
                "Memory that the records of these take",
                () -> queues.backlog().bytes());
        gauge(
                registry,
                "in.hand",
                "groups",
                "Groups of these",
                () -> queues.backlog().groups());
        gauge(
                registry,
                "lag",
                "events",
                "Events of this instance's partitions that are not done: unread, and in hand",
                () -> unread.getAsDouble() + queues.backlog().events());
        gauge(
                registry,
                "oldest.event.age",
                "seconds",
                "Since the timestamp of the oldest event in hand, 30 days at the most; 0 if there is none",
                this::age);
        gauge(
                registry,
                "owned",
                "partitions",
                "Partitions of this instance",
                () -> queues.backlog().partitions());
        gauge(registry, "stalled", "partitions", "Partitions of this instance that are not read on", stalled);
        gauge(
                registry,
                "account.limit",
                "requests.per.second",
                "zoom.requests-per-second: what all instances together may send",
                throttler::accountLimit);
        gauge(
                registry,
                "owned.limit",
                "requests.per.second",
                "The part of it that goes with this instance's partitions",
                throttler::ownedLimit);
        gauge(
                registry,
                "silence",
                "seconds",
                "For how long the most silent part of the service has given no sign of life; at 300 it is not live",
                silence);
        gauge(registry, "kafka", "up", "1 if Kafka and the topics can be used, as far as known", kafkaUp);
    }

    private double age() {
        var oldest = queues.backlog().oldest();
        return EventAge.since(oldest, clock.millis()).toMillis() / 1_000.0;
    }

    private static void gauge(MeterRegistry registry, String what, String unit, String meaning, DoubleSupplier value) {
        Gauge.builder("zoom.group.sync." + what + "." + unit, value::getAsDouble)
                .description(meaning)
                .register(registry);
    }
}
