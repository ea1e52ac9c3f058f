package groupsync;

import groupsync.delivery.AccountThrottler;
import groupsync.delivery.CircuitBreaker;
import groupsync.delivery.DailyBudget;
import groupsync.delivery.Delivery;
import groupsync.delivery.Pace;
import groupsync.delivery.RetryDelays;
import groupsync.delivery.RetryPolicy;
import groupsync.delivery.SedaGroupQueues;
import groupsync.delivery.UpdateCondition;
import groupsync.delivery.UpdateStep;
import groupsync.kafka.CallbackThread;
import groupsync.kafka.ConsumerHealth;
import groupsync.kafka.DamagedBatches;
import groupsync.kafka.DeadLetterTranslator;
import groupsync.kafka.EventMapper;
import groupsync.kafka.KafkaClients;
import groupsync.kafka.Lease;
import groupsync.kafka.LostUpdates;
import groupsync.kafka.Membership;
import groupsync.kafka.OutcomeTranslator;
import groupsync.kafka.SlotLending;
import groupsync.kafka.SourceRecordTranslator;
import groupsync.names.GroupListReader;
import groupsync.names.GroupLister;
import groupsync.names.GroupNames;
import groupsync.names.UnresolvedEvents;
import groupsync.observe.BudgetMetrics;
import groupsync.observe.Metrics;
import groupsync.queue.GroupQueues;
import groupsync.queue.NameResolver;
import groupsync.queue.OwnedPartitions;
import groupsync.queue.PendingUpdate;
import groupsync.queue.SendCheck;
import groupsync.settings.Settings;
import groupsync.zoom.AccessTokens;
import groupsync.zoom.ComparisonTranslator;
import groupsync.zoom.DryRun;
import groupsync.zoom.NoReplyTranslator;
import groupsync.zoom.ProbeTranslator;
import groupsync.zoom.TraceOfUpdate;
import groupsync.zoom.ZoomHttpClient;
import groupsync.zoom.ZoomReply;
import groupsync.zoom.ZoomReplyTranslator;
import groupsync.zoom.ZoomRequestTranslator;
import java.time.Clock;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.main.Main;

/** The beans that the routes name, in the order of an update's journey, and the parts behind them. */
final class ServiceBeans {

    private ServiceBeans() {}

    /** @param timeOfDay the clock for what is shown and published, and for times of Zoom and Kafka */
    static void bind(Main main, Settings settings, Clock timeOfDay) {
        var steady = new SteadyClock();
        var zoom = settings.zoom();
        var api = zoom.groups();
        var events = settings.events();
        var retry = settings.retry();
        var metrics = new Metrics(timeOfDay, steady);

        // Reading
        var member = new Membership(
                new OwnedPartitions(),
                new Lease(zoom.responseTimeout(), steady, timeOfDay),
                new ConsumerHealth(timeOfDay, steady),
                new DamagedBatches(retry.probeInterval(), timeOfDay, steady));
        var names = new GroupNames(steady);
        var resolver = events.groupNames() ? new UnresolvedEvents(names, api::otherName) : new NameResolver() {};
        var batchSize = settings.kafka().batchSize();
        var queues = new GroupQueues(
                batchSize, events.merge(), member.partitions(), resolver, member.lease()::isValid, steady);
        var pace = new Pace(zoom.requestsPerSecond() > 0, steady);
        var throttler = new AccountThrottler(
                zoom.requestsPerSecond(), pace, zoom.longestHoldUp(), queues::requireSendable, timeOfDay);
        var budget = new DailyBudget(zoom.requestsPerDay(), member.partitions(), timeOfDay);
        var lost = new LostUpdates(member.partitions(), metrics.events()::lost, steady);
        KafkaClients.Ownership ownership = (partitions, ofAll, loans) -> {
            throttler.owns(partitions, ofAll, loans);
            budget.partitions(ofAll);
        };
        var lending =
                new SlotLending(zoom.requestsPerSecond(), member.partitions(), queues::isResting, timeOfDay, steady);
        var clients = new KafkaClients(queues, member, ownership, lending, lost, steady);
        var endpoint = new SedaGroupQueues(queues);
        main.bind("kafkaClients", metrics.ofClients(clients));
        var parts = EventParts.of(events, zoom);
        parts.groupIds().ifPresent(ids -> main.bind("groupIds", ids));
        main.bind("eventMapper", new EventMapper(parts.mapping()));
        main.bind("sourceRecordTranslator", new SourceRecordTranslator(parts.reader()));
        main.bind("groupQueues", endpoint);

        // Applying
        var delays = new RetryDelays(retry.attempts(), retry.delay(), retry.maxDelay(), retry.probeInterval());
        var policy = new RetryPolicy(delays, pace, retry.attempts(), retry.probeInterval(), steady);
        var breaker = new CircuitBreaker(
                retry.probeInterval(),
                queues::concurrency,
                () -> !queues.isEmpty(),
                budget::isLeft,
                metrics.pauses(),
                events.dryRun() == DryRun.COMPARE ? api::remedyOfComparison : api::remedy,
                steady,
                timeOfDay);
        var delivery = new Delivery(queues, breaker, policy, delays, events.dryRun(), metrics.outcomes(), timeOfDay);
        main.bind("delivery", delivery);
        main.bind("delivery.check", (UpdateStep) delivery::check);
        main.bind("delivery.judge", (Processor) exchange ->
                delivery.judge(UpdateStep.of(exchange), exchange.getMessage().getMandatoryBody(ZoomReply.class)));
        main.bind("delivery.done", (UpdateStep) delivery::done);
        main.bind("update.isUndecided", (UpdateCondition) update -> !update.isDecided());
        main.bind("accountThrottler", throttler);
        main.bind("dailyBudget.requireLeft", (UpdateStep) budget::requireLeft);
        metrics.add(new BudgetMetrics(budget));
        main.bind("queues", queues);
        main.bind("queues.merge", (UpdateStep) queues::merge);
        SendCheck beforeWriting = update -> {
            queues.requireSendable(update);
            budget.charge(update);
        };
        main.bind("zoomRequestTranslator", new ZoomRequestTranslator(api, beforeWriting, steady));
        main.bind("comparisonTranslator", new ComparisonTranslator(api, beforeWriting, steady));

        // Asking Zoom
        var source = metrics.requests().counting(settings.credentials().tokenSource(zoom, timeOfDay));
        var tokens = new AccessTokens(source, steady);
        main.bind("accessTokens", tokens);
        main.bind("accessTokens.renewIfDue", (UpdateStep) update -> tokens.renewIfDue());
        main.bind("zoomHttpClient", new ZoomHttpClient(tokens, throttler::sent, zoom.proxy(), zoom.responseTimeout()));
        main.bind("zoomTls", zoom.tls());
        main.bind("traceOfUpdate", new TraceOfUpdate());
        main.bind("zoomReplyTranslator", new ZoomReplyTranslator(tokens, metrics.requests(), steady, timeOfDay));
        main.bind("noReplyTranslator", new NoReplyTranslator(metrics.requests(), steady));

        // Publishing
        main.bind("update.isOutcomePublished", (UpdateCondition) PendingUpdate::isOutcomePublished);
        main.bind("callbackThread", new CallbackThread());
        main.bind("outcomeTranslator", new OutcomeTranslator());
        main.bind("deadLetterTranslator", new DeadLetterTranslator());

        // Beside the journey
        main.bind("circuitBreaker", breaker);
        main.bind("circuitBreaker.isProbeDue", (Predicate) exchange -> breaker.isProbeDue());
        main.bind("probeTranslator", new ProbeTranslator(api, steady));
        main.bind("groupLister", new GroupLister(queues, breaker, delays, retry.attempts(), steady));
        main.bind("groupListReader", new GroupListReader(api, names::startListing, names::listed, steady));
        ObserveBeans.bind(main, settings, member, queues, endpoint, throttler, breaker, metrics, steady, timeOfDay);
    }
}
