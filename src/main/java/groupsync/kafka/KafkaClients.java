package groupsync.kafka;

import groupsync.queue.GroupQueues;
import groupsync.queue.SlotLoans;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the Kafka clients of the routes: an {@link UpdatesConsumer}, and a {@link RenewingProducer} of {@link OutgoingRecord}s. */
public final class KafkaClients extends DefaultKafkaClientFactory {

    private final GroupQueues queues;
    private final Membership member;
    private final Ownership ownership;
    private final SlotLending lending;
    private final LostUpdates lost;
    private final Clock steady;

    /**
     * Takes the partitions of the updates topic that this instance owns, and the loans of the slots of any: after each poll,
     * before a release, and before a commit that notes a loan.
     */
    @FunctionalInterface
    public interface Ownership {
        void owns(Set<Integer> partitions, int ofAll, Map<Integer, SlotLoans> loans);
    }

    /**
     * Makes no client yet.
     *
     * @param steady a clock that is never set
     */
    public KafkaClients(
            GroupQueues queues,
            Membership member,
            Ownership ownership,
            SlotLending lending,
            LostUpdates lost,
            Clock steady) {
        this.queues = queues;
        this.member = member;
        this.ownership = ownership;
        this.lending = lending;
        this.lost = lost;
        this.steady = steady;
    }

    /** Makes all Kafka endpoints read and write bytes. No header of a record becomes one of an exchange, or the reverse. */
    public static void configure(KafkaComponent kafka) {
        var records = kafka.getConfiguration();
        records.setKeyDeserializer(ByteArrayDeserializer.class.getName());
        records.setValueDeserializer(ByteArrayDeserializer.class.getName());
        records.setKeySerializer(ByteArraySerializer.class.getName());
        records.setValueSerializer(OutgoingRecord.Serializer.class.getName());
        records.setHeaderFilterStrategy(new NoExchangeHeaders());
    }

    @Override
    @SuppressWarnings("rawtypes") // as in Camel
    public Producer getProducer(Properties properties) {
        return new RenewingProducer(() -> new OutgoingRecordProducer(properties), steady);
    }

    @Override
    @SuppressWarnings("rawtypes") // as in Camel
    public Consumer getConsumer(Properties properties) {
        PollBounds.apply(properties, Runtime.getRuntime().maxMemory());
        member.health().polled();
        try {
            return new UpdatesConsumer(properties, queues, member, ownership, lending, lost, steady);
        } catch (RuntimeException e) {
            member.health().failed(e);
            if (queues.isStopping()) {
                // Camel tries until it has a consumer, and a stop would wait for one. This one reads nothing.
                return new MockConsumer<byte[], byte[]>("none");
            }
            throw e;
        }
    }
}
