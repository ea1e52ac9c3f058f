package groupsync.kafka;

import java.time.Clock;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;

/** Makes camel-kafka read with an {@link UpdatesConsumer}. */
public final class UpdatesConsumerFactory extends DefaultKafkaClientFactory {

    private final EventsInHand inHand;
    private final Reading reading;
    private final Ownership ownership;
    private final LostUpdates lost;
    private final Clock clock;

    /** Is told which partitions of the topic are this instance's, whenever that changes and once more now and then. */
    @FunctionalInterface
    public interface Ownership {
        void owns(Set<Integer> partitions, int ofAll);
    }

    public UpdatesConsumerFactory(
            EventsInHand inHand, Reading reading, Ownership ownership, LostUpdates lost, Clock clock) {
        this.inHand = inHand;
        this.reading = reading;
        this.ownership = ownership;
        this.lost = lost;
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("rawtypes") // as in Camel
    public Consumer getConsumer(Properties properties) {
        PollBounds.apply(properties, Runtime.getRuntime().maxMemory());
        try {
            return new UpdatesConsumer(properties, inHand, reading, ownership, lost, clock);
        } catch (RuntimeException e) {
            reading.failed(e);
            if (inHand.isStopping()) {
                // Camel tries until it has a consumer, and a stop would wait for that: one that reads nothing.
                return new MockConsumer<byte[], byte[]>("none");
            }
            throw e;
        }
    }
}
