package groupsync;

import groupsync.delivery.AccountThrottler;
import groupsync.delivery.CircuitBreaker;
import groupsync.delivery.Delivery;
import groupsync.delivery.GroupQueuesEndpoint;
import groupsync.delivery.RetryDelays;
import groupsync.delivery.RetryPolicy;
import groupsync.event.GroupUpdateReader;
import groupsync.event.GroupUpdateSchema;
import groupsync.kafka.ConsumerHealth;
import groupsync.kafka.DamagedBatches;
import groupsync.kafka.DeadLetterTranslator;
import groupsync.kafka.KafkaClients;
import groupsync.kafka.KafkaHealth;
import groupsync.kafka.Lag;
import groupsync.kafka.Lease;
import groupsync.kafka.LostUpdates;
import groupsync.kafka.OpenTransactions;
import groupsync.kafka.OutcomeTranslator;
import groupsync.kafka.SourceRecordTranslator;
import groupsync.names.GroupListReader;
import groupsync.names.GroupLister;
import groupsync.names.GroupNames;
import groupsync.names.UnresolvedEvents;
import groupsync.observe.KafkaCheck;
import groupsync.observe.Lifecycle;
import groupsync.observe.Liveness;
import groupsync.observe.Metrics;
import groupsync.observe.ObserveServer;
import groupsync.observe.StateMetrics;
import groupsync.observe.ZoomCheck;
import groupsync.queue.GroupQueues;
import groupsync.queue.NameResolver;
import groupsync.queue.OwnedPartitions;
import groupsync.settings.Settings;
import groupsync.zoom.AccessToken;
import groupsync.zoom.AccessTokens;
import groupsync.zoom.NoReplyTranslator;
import groupsync.zoom.OAuthTokens;
import groupsync.zoom.ProbeTranslator;
import groupsync.zoom.Secret;
import groupsync.zoom.TokenSource;
import groupsync.zoom.TraceOfUpdate;
import groupsync.zoom.ZoomHttpClient;
import groupsync.zoom.ZoomReplyTranslator;
import groupsync.zoom.ZoomRequestTranslator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** The beans that the routes name, and the parts behind them. */
final class ServiceBeans {

    private static final Duration FOREVER = Duration.ofDays(36_500);

    private ServiceBeans() {}

    /** @param timeOfDay the clock for what is shown and published, and for times of Zoom and Kafka */
    static void bind(Main main, Settings settings, Clock timeOfDay) {
        var steady = new SteadyClock();
        var zoom = settings.zoom();
        var retry = settings.retry();
        var metrics = new Metrics(timeOfDay, steady);

        var names = new GroupNames(steady);
        var lease = new Lease(zoom.responseTimeout(), steady, timeOfDay);
        var partitions = new OwnedPartitions();
        var queues = new GroupQueues(
                settings.kafka().batchSize(),
                settings.events().merge(),
                partitions,
                settings.events().groupNames() ? new UnresolvedEvents(names) : new NameResolver() {},
                lease::isValid,
                steady);
        var endpoint = new GroupQueuesEndpoint(queues);
        main.bind("groupQueues", endpoint);
        main.bind("queues", queues);

        var delays = new RetryDelays(retry.attempts(), retry.delay(), retry.maxDelay(), retry.probeInterval());
        var breaker = new CircuitBreaker(
                retry.probeInterval(),
                queues::concurrency,
                () -> !queues.isEmpty(),
                metrics.pauses(),
                steady,
                timeOfDay);
        main.bind("circuitBreaker", breaker);
        main.bind(
                "delivery",
                new Delivery(
                        queues,
                        breaker,
                        new RetryPolicy(delays, retry.attempts(), retry.probeInterval(), steady),
                        delays,
                        settings.events().dryRun(),
                        metrics.events(),
                        timeOfDay));
        var throttler = new AccountThrottler(zoom.requestsPerSecond(), queues::requireSendable, timeOfDay);
        main.bind("accountThrottler", throttler);

        var tokens = new AccessTokens(metrics.requests().counting(tokenSource(settings, timeOfDay)), steady);
        main.bind("accessTokens", tokens);
        main.bind("zoomHttpClient", new ZoomHttpClient(tokens, throttler::sent, zoom.proxy(), zoom.responseTimeout()));
        main.bind("zoomTls", zoom.tls());
        main.bind("traceOfUpdate", new TraceOfUpdate());
        main.bind("zoomForm", new ZoomRequestTranslator(zoom.requestFormat(), queues::requireSendable, steady));
        main.bind("zoomProbe", new ProbeTranslator(steady));
        main.bind("zoomReply", new ZoomReplyTranslator(tokens, metrics.requests(), steady, timeOfDay));
        main.bind("noReply", new NoReplyTranslator(metrics.requests(), steady));
        main.bind("groupList", new GroupListReader(names, steady));
        main.bind("groupLister", new GroupLister(queues, breaker, delays, retry.attempts(), steady));

        var schema = new GroupUpdateSchema(
                settings.events().nameRequired(), settings.events().groupNames());
        main.bind("groupUpdateReader", new SourceRecordTranslator(new GroupUpdateReader(schema)));
        main.bind("outcomeEvents", new OutcomeTranslator());
        main.bind("deadLetters", new DeadLetterTranslator());
        var consumer = new ConsumerHealth(timeOfDay, steady);
        var damaged = new DamagedBatches(retry.probeInterval(), timeOfDay, steady);
        main.bind(
                "kafkaClients",
                metrics.ofClients(new KafkaClients(
                        queues,
                        partitions,
                        consumer,
                        throttler::owns,
                        new LostUpdates(partitions::gap, partitions::advanceTo, metrics.events()::lost, steady),
                        damaged,
                        lease,
                        steady)));

        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                KafkaClients.configure(configured.getCamelContext().getComponent("kafka", KafkaComponent.class));
            }
        });

        var transactions = new OpenTransactions(timeOfDay, steady);
        var lag = new Lag(transactions);
        var topics = settings.topics();
        var kafka = new KafkaHealth(topics.updates(), topics.outcomes(), topics.deadLetters(), lag, timeOfDay);
        var kafkaCheck = new KafkaCheck(kafka, consumer, lease, breaker, damaged, transactions, partitions, timeOfDay);
        var life = new Liveness(
                Map.of(
                        "the thread that reads updates", consumer::polls,
                        "the timer probe-zoom", breaker::checks,
                        "the thread that looks at Kafka", kafka::checks),
                endpoint::polls,
                queues::takenUpdates,
                timeOfDay);
        metrics.add(new StateMetrics(queues, partitions, lag, throttler, kafkaCheck, life, timeOfDay));
        var server = new ObserveServer(
                settings.management(), life, List.of(new ZoomCheck(breaker), kafkaCheck), metrics::scrape);
        main.bind("observeServer", server);
        main.bind("lifecycle", new Lifecycle(kafka, life, queues, metrics, server));
    }

    private static TokenSource tokenSource(Settings settings, Clock clock) {
        var given = settings.credentials().accessToken();
        return given.isPresent()
                ? () -> new AccessToken(given.get().known(), FOREVER)
                : new OAuthTokens(
                        settings.zoom().tokenUrl(),
                        settings.zoom().tls(),
                        settings.zoom().proxy(),
                        settings.credentials().accountId().orElse(""),
                        settings.credentials().clientId().orElse(""),
                        settings.credentials().clientSecret().orElse(Secret.of("")),
                        settings.zoom().responseTimeout(),
                        clock);
    }
}
