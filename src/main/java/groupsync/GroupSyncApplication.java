package groupsync;

import groupsync.deadletters.DeadLetterTool;
import groupsync.delivery.AccountThrottler;
import groupsync.delivery.CircuitBreaker;
import groupsync.delivery.Delivery;
import groupsync.delivery.RetryPolicy;
import groupsync.event.GroupUpdateReader;
import groupsync.event.GroupUpdateSchema;
import groupsync.kafka.ConsumerHealth;
import groupsync.kafka.DamagedBatches;
import groupsync.kafka.DeadLetterTranslator;
import groupsync.kafka.KafkaClients;
import groupsync.kafka.Lease;
import groupsync.kafka.LostUpdates;
import groupsync.kafka.NoExchangeHeaders;
import groupsync.kafka.OutcomeTranslator;
import groupsync.kafka.SourceRecordTranslator;
import groupsync.names.GroupListReader;
import groupsync.names.GroupLister;
import groupsync.names.GroupNames;
import groupsync.observe.Health;
import groupsync.observe.Metrics;
import groupsync.observe.StateMetrics;
import groupsync.queue.GroupQueues;
import groupsync.queue.PendingUpdate;
import groupsync.settings.CamelSettings;
import groupsync.settings.KafkaClientSettings;
import groupsync.settings.LogSettings;
import groupsync.settings.SettingSources;
import groupsync.settings.Settings;
import groupsync.settings.WrongSettingException;
import groupsync.zoom.AccessTokens;
import groupsync.zoom.NoReplyTranslator;
import groupsync.zoom.OAuthTokens;
import groupsync.zoom.ProbeTranslator;
import groupsync.zoom.Secret;
import groupsync.zoom.TraceOfUpdate;
import groupsync.zoom.ZoomHttpClient;
import groupsync.zoom.ZoomReply;
import groupsync.zoom.ZoomReplyTranslator;
import groupsync.zoom.ZoomRequestTranslator;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Predicate;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.LoggerFactory;

/** The service: reads its settings, puts its parts together and starts the routes. */
public final class GroupSyncApplication {

    private static final Duration FOREVER = Duration.ofDays(36_500);

    private GroupSyncApplication() {}

    /**
     * Without arguments, the service: runs until the process is told to stop; status 1 and one line on standard error
     * if a setting is wrong. With arguments, the dead-letter tool.
     */
    public static void main(String[] args) throws Exception {
        try {
            LogSettings.apply(System.getenv());
            if (args.length > 0) {
                System.exit(DeadLetterTool.run(args));
            }
            var main = create(Map.of());
            main.addMainListener(new MainListenerSupport() {
                @Override
                public void beforeStart(BaseMainSupport starting) {
                    // Clients are made when they are first needed, which is too late to be told.
                    KafkaClientSettings.of(starting.getCamelContext()).check();
                }
            });
            main.run();
            System.exit(main.getExitCode());
        } catch (WrongSettingException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            wrongKey(e)
                    .ifPresentOrElse(
                            wrong -> System.err.println(wrong.getMessage()),
                            () -> LoggerFactory.getLogger(GroupSyncApplication.class)
                                    .error("the start failed", e));
            // Else the threads of the management port would go on, and answer as if the service were there.
            System.exit(1);
        }
    }

    /** If that is what stopped the start; without Camel's own message, which has the value: it may be a password. */
    private static Optional<WrongSettingException> wrongKey(Exception failure) {
        // The outermost knows all of the key.
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(PropertyBindingException.class::isInstance)
                .map(PropertyBindingException.class::cast)
                .findFirst()
                .map(wrong -> new WrongSettingException(
                        wrong.getOptionPrefix() == null
                                ? String.valueOf(wrong.getPropertyName())
                                : wrong.getOptionPrefix() + wrong.getOptionKey(),
                        "is no setting of Camel's, or cannot be what it is set to"));
    }

    /**
     * The service, not yet started.
     *
     * @param demanded settings that win over those of the process
     * @throws WrongSettingException if a setting is missing or wrong
     */
    public static Main create(Map<String, String> demanded) {
        return create(demanded, Clock.systemUTC());
    }

    /** @param timeOfDay of what is shown and published, and of what is compared with Zoom's and Kafka's times */
    static Main create(Map<String, String> demanded, Clock timeOfDay) {
        var sources = SettingSources.ofProcess(demanded);
        return create(sources, Settings.of(sources), timeOfDay);
    }

    private static Main create(SettingSources sources, Settings settings, Clock clock) {
        var steady = new SteadyClock();
        var metrics = new Metrics(clock, steady);
        var names = new GroupNames(steady);
        var lease = new Lease(settings.zoom().responseTimeout(), steady, clock);
        var inHand = new GroupQueues(
                settings.kafka().batchSize(),
                settings.events().merge(),
                settings.events().groupNames() ? names : null,
                lease::isValid,
                steady);
        var reading = new ConsumerHealth(clock, steady);
        var tokens = new AccessTokens(metrics.requests().counting(tokenSource(settings, clock)), steady);
        var throttler = new AccountThrottler(
                settings.zoom().requestsPerSecond(),
                update -> {
                    update.waits();
                    inHand.mayBeSent(update);
                },
                clock);
        var damaged = new DamagedBatches(settings.retry().probeInterval(), clock, steady);
        var schema = new GroupUpdateSchema(
                settings.events().nameRequired(), settings.events().groupNames());

        var main = new Main();
        main.bind("groupUpdateEvents", new SourceRecordTranslator(new GroupUpdateReader(schema)));
        main.bind("eventsInHand", inHand);
        var kafkaClients = metrics.ofClients(new KafkaClients(
                inHand,
                reading,
                throttler::owns,
                new LostUpdates(inHand::jump, inHand::readUpTo, metrics.events()::lost, steady),
                damaged,
                lease,
                steady));
        main.bind("updatesConsumer", kafkaClients);
        main.bind("producers", kafkaClients);
        main.bind("noExchangeHeaders", new NoExchangeHeaders());
        main.bind("outcomeEvents", new OutcomeTranslator());
        Predicate needsDeadLetter =
                exchange -> exchange.getMessage().getBody() instanceof PendingUpdate update && update.needsDeadLetter();
        main.bind("needsDeadLetter", needsDeadLetter);
        main.bind("deadLetters", new DeadLetterTranslator());
        main.bind("accessTokens", tokens);
        main.bind("throttler", throttler);
        main.bind(
                "zoomHttpClient",
                new ZoomHttpClient(
                        tokens,
                        throttler,
                        settings.zoom().proxy(),
                        settings.zoom().responseTimeout()));
        main.bind("zoomTls", settings.zoom().tls());
        main.bind("traceOfUpdate", new TraceOfUpdate());
        main.bind("zoomForm", new ZoomRequestTranslator(settings.zoom().requestFormat(), inHand::mayBeSent, steady));
        main.bind("zoomReply", new ZoomReplyTranslator(ZoomReply::of, tokens, metrics.requests(), steady, clock));
        main.bind("zoomProbe", new ProbeTranslator(steady));
        main.bind("probeReply", new ZoomReplyTranslator(ZoomReply::ofProbe, tokens, metrics.requests(), steady, clock));
        main.bind("noReply", new NoReplyTranslator(metrics.requests(), steady));
        var policy = new RetryPolicy(
                settings.retry().attempts(),
                settings.retry().delay(),
                settings.retry().maxDelay(),
                settings.retry().probeInterval(),
                settings.events().dryRun(),
                steady,
                clock);
        var gate =
                new CircuitBreaker(settings.retry().probeInterval(), inHand::atOnce, metrics.pauses(), steady, clock);
        main.bind("replyPolicy", policy);
        var dispatcher = new Delivery(inHand, gate, policy, metrics.events(), steady);
        main.bind("dispatcher", dispatcher);
        var groupList = new GroupListReader(names, steady);
        main.bind("groupLister", new GroupLister(inHand, gate, policy, steady));
        main.bind("groupList", groupList);
        main.bind("groupListReply", new ZoomReplyTranslator(groupList, tokens, metrics.requests(), steady, clock));
        main.bind(
                "groupListHttpClient",
                new ZoomHttpClient(
                        tokens,
                        throttler,
                        settings.zoom().proxy(),
                        settings.zoom().responseTimeout(),
                        GroupListReader.LONGEST_ANSWER));
        var management = new Health(
                settings.management(),
                settings.topics(),
                inHand,
                gate,
                reading,
                damaged,
                lease,
                dispatcher,
                metrics,
                clock);
        main.bind("management", management);
        metrics.add(new StateMetrics(
                inHand,
                throttler,
                management::unread,
                management::kafkaUp,
                management::stalled,
                management::silence,
                clock));
        CamelSettings.apply(main, sources, settings);
        return main;
    }

    private static AccessTokens.Source tokenSource(Settings settings, Clock clock) {
        var given = settings.credentials().accessToken();
        return given.isPresent()
                ? () -> new AccessTokens.Fetched(given.get().known(), FOREVER)
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
