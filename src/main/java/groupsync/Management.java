package groupsync;

import groupsync.kafka.EventsInHand;
import groupsync.kafka.KafkaWatch;
import groupsync.kafka.Reading;
import groupsync.management.HealthCheck;
import groupsync.management.HealthCheck.Result;
import groupsync.management.HealthServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches over Kafka and answers health checks, for as long as the service runs. */
final class Management extends SimpleEventNotifierSupport {

    private static final Logger LOG = LoggerFactory.getLogger(Management.class);

    private final Settings settings;
    private final EventsInHand inHand;
    private final Gate gate;
    private final Reading reading;
    private final Clock clock;
    private final HealthServer server;
    private volatile @Nullable KafkaWatch watch;

    /** @throws WrongSettingException if the management port cannot be had */
    Management(Settings settings, EventsInHand inHand, Gate gate, Reading reading, Clock clock) {
        this.settings = settings;
        this.inHand = inHand;
        this.gate = gate;
        this.reading = reading;
        this.clock = clock;
        server = server(settings.management, List.of(this::zoom, this::kafka));
        setIgnoreExchangeEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    private static HealthServer server(InetSocketAddress address, List<HealthCheck> checks) {
        try {
            return new HealthServer(new InetSocketAddress(address.getHostString(), address.getPort()), checks);
        } catch (IOException | UnresolvedAddressException e) {
            throw new WrongSettingException(
                    "management.port",
                    "'" + address.getPort() + "' on management.address '" + address.getHostString()
                            + "' cannot be listened on (" + e + "); 0 takes a free port");
        }
    }

    @Override
    public void notify(CamelEvent event) {
        switch (event.getType()) {
            case CamelContextStarted -> {
                var context = ((CamelEvent.CamelContextEvent) event).getContext();
                watch = new KafkaWatch(
                        client(context), settings.updates, settings.outcomes, settings.deadLetters, clock);
                LOG.info("health at http://{}:{}/observe/health", settings.management.getHostString(), server.port());
            }
            // Before the routes are stopped: what they wait for then is only what is under way.
            case CamelContextStopping -> inHand.stop();
            default -> {}
        }
    }

    /** The same brokers, and the same security, as those of the routes. */
    private Map<String, Object> client(CamelContext context) {
        var kafka = context.getComponent("kafka", KafkaComponent.class).getConfiguration();
        return KafkaSettings.client(kafka, settings.brokers);
    }

    private Result zoom() {
        return gate.closed()
                .map(why -> Result.down(why.part(), why.cause(), why.remedy(), why.since(), why.nextProbe()))
                .orElseGet(() -> Result.up("zoom"));
    }

    private Result kafka() {
        var watching = watch;
        var away = watching == null ? Optional.<KafkaWatch.Away>empty() : watching.away();
        if (away.isPresent()) {
            var why = away.get();
            return Result.down("kafka", why.cause(), KafkaWatch.REMEDY, why.since(), why.nextLook());
        }
        return reading.failure()
                .map(why -> Result.down("kafka", why.cause(), KafkaWatch.REMEDY, why.since(), clock.instant()))
                .orElseGet(() -> Result.up("kafka"));
    }

    @Override
    protected void doStop() {
        server.close();
        var watching = watch;
        if (watching != null) {
            watching.close();
        }
    }
}
