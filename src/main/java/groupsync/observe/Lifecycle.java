package groupsync.observe;

import groupsync.kafka.KafkaHealth;
import groupsync.queue.GroupQueues;
import groupsync.settings.KafkaClientSettings;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the checks beside the routes with Camel, and stops the queues and the management port with it. */
public final class Lifecycle extends SimpleEventNotifierSupport {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final KafkaHealth kafka;
    private final Liveness life;
    private final GroupQueues queues;
    private final Metrics metrics;
    private final ObserveServer server;

    public Lifecycle(KafkaHealth kafka, Liveness life, GroupQueues queues, Metrics metrics, ObserveServer server) {
        this.kafka = kafka;
        this.life = life;
        this.queues = queues;
        this.metrics = metrics;
        this.server = server;
        setIgnoreExchangeEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    @Override
    public void notify(CamelEvent event) {
        switch (event.getType()) {
            case CamelContextStarted -> {
                var context = ((CamelEvent.CamelContextEvent) event).getContext();
                kafka.start(KafkaClientSettings.of(context).client());
                life.start();
                LOG.info("health at http://{}/observe/health, metrics at /observe/metrics", server.address());
                LOG.info("a page that shows them at http://{}/observe/", server.address());
            }
            // Before the routes stop, which then wait for the taken updates only.
            case CamelContextStopping -> queues.stop();
            default -> {}
        }
    }

    @Override
    protected void doStop() {
        server.close();
        life.close();
        metrics.close();
        kafka.close();
    }
}
