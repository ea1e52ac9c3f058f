package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.TestClock;
import groupsync.event.Events;
import groupsync.queue.GroupQueues;
import groupsync.queue.NameResolver;
import groupsync.queue.OwnedPartitions;
import groupsync.queue.PendingUpdate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SedaGroupQueuesTest {

    private static final TopicPartition PARTITION = new TopicPartition("updates", 3);

    private final GroupQueues queues = new GroupQueues(
            100, true, new OwnedPartitions(), new NameResolver() {}, () -> true, new TestClock("2026-11-23T04:45:00Z"));
    private final SedaGroupQueues endpoint = new SedaGroupQueues(queues);

    @BeforeEach
    void ownAPartition() {
        queues.assigned(PARTITION, null);
    }

    @Test
    void anEventGoesInAndItsUpdateComesOut() throws Exception {
        var exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(Events.update("g").at(PARTITION, 17));

        endpoint.add(exchange);

        var taken = endpoint.poll(0, TimeUnit.MILLISECONDS);
        assertThat(taken).isNotNull();
        assertThat(taken.getMessage().getBody(PendingUpdate.class)).hasToString("updates-3-17");
        assertThat(taken.getVariable("update")).isSameAs(taken.getMessage().getBody());
    }

    @Test
    void anUpdateWithoutAnExchangeStaysInItsQueue() throws Exception {
        queues.add(Events.update("g").at(PARTITION, 17));

        assertThatThrownBy(() -> endpoint.poll(0, TimeUnit.MILLISECONDS)).isInstanceOf(NullPointerException.class);

        assertThat(queues.takenUpdates()).isEmpty();
        assertThat(queues.poll(Duration.ZERO)).hasToString("updates-3-17");
    }
}
