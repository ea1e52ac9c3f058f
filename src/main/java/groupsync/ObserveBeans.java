package groupsync;

import groupsync.delivery.AccountThrottler;
import groupsync.delivery.CircuitBreaker;
import groupsync.delivery.SedaGroupQueues;
import groupsync.kafka.KafkaHealth;
import groupsync.kafka.Lag;
import groupsync.kafka.Membership;
import groupsync.kafka.OpenTransactions;
import groupsync.observe.KafkaCheck;
import groupsync.observe.Lifecycle;
import groupsync.observe.Liveness;
import groupsync.observe.Metrics;
import groupsync.observe.ObserveServer;
import groupsync.observe.StateMetrics;
import groupsync.observe.ZoomCheck;
import groupsync.queue.GroupQueues;
import groupsync.settings.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;

/** The beans that observe the service: checks, gauges, and the management port. No route names them. */
final class ObserveBeans {

    private ObserveBeans() {}

    static void bind(
            Main main,
            Settings settings,
            Membership member,
            GroupQueues queues,
            SedaGroupQueues endpoint,
            AccountThrottler throttler,
            CircuitBreaker breaker,
            Metrics metrics,
            Clock steady,
            Clock timeOfDay) {
        var transactions = new OpenTransactions(timeOfDay, steady);
        var lag = new Lag(transactions);
        var topics = settings.topics();
        var kafka = new KafkaHealth(topics.updates(), topics.outcomes(), topics.deadLetters(), lag, timeOfDay);
        var kafkaCheck = new KafkaCheck(kafka, member, breaker, transactions, timeOfDay);
        var life = new Liveness(
                Map.of(
                        "the thread that reads updates", member.health()::polls,
                        "the timer probe-zoom", breaker::checks,
                        "the thread that looks at Kafka", kafka::checks),
                endpoint::polls,
                queues::takenUpdates,
                timeOfDay);
        metrics.add(new StateMetrics(queues, member.partitions(), lag, throttler, kafkaCheck, life, timeOfDay));
        var partitions = member.partitions();
        var server = new ObserveServer(
                settings.management(),
                life,
                List.of(new ZoomCheck(breaker), kafkaCheck),
                metrics::scrape,
                () -> metrics.status(partitions.positions().keySet(), timeOfDay.instant()));
        main.bind("observeServer", server);
        main.bind("lifecycle", new Lifecycle(kafka, life, queues, metrics, server));
    }
}
