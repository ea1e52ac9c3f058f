package groupsync.delivery;

import groupsync.event.GroupUpdateEvent;
import groupsync.queue.GroupQueues;
import java.time.Duration;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/**
 * The {@link GroupQueues} as the queue of a SEDA endpoint: events go in, and updates come out, each in an exchange of its
 * own with the update as body and as variable {@code update}. Of {@link BlockingQueue} it has the methods that SEDA calls.
 */
public final class SedaGroupQueues extends AbstractQueue<Exchange> implements BlockingQueue<Exchange> {

    private final GroupQueues queues;
    private final AtomicLong polls = new AtomicLong();
    private volatile @Nullable CamelContext context;

    public SedaGroupQueues(GroupQueues queues) {
        this.queues = queues;
    }

    @Override
    public boolean offer(Exchange exchange) {
        context = exchange.getContext();
        queues.add(Objects.requireNonNull(exchange.getMessage().getBody(GroupUpdateEvent.class), "no event"));
        return true;
    }

    @Override
    public @Nullable Exchange poll(long timeout, TimeUnit unit) throws InterruptedException {
        polls.incrementAndGet();
        var update = queues.poll(Duration.of(timeout, unit.toChronoUnit()));
        if (update == null) {
            return null;
        }
        try {
            var exchange = new DefaultExchange(Objects.requireNonNull(context, "an update that was not added here"));
            exchange.getMessage().setBody(update);
            exchange.setVariable("update", update);
            return exchange;
        } catch (RuntimeException e) {
            // Otherwise the update would count as taken for ever.
            queues.putBack(update, Duration.ZERO);
            throw e;
        }
    }

    /** The number of polls so far. A thread without an update polls about once a second. */
    public long polls() {
        return polls.get();
    }

    /** The updates wait in Kafka as well, so a stop does not wait until these queues are empty. */
    @Override
    public int size() {
        return 0;
    }

    @Override
    public Iterator<Exchange> iterator() {
        return List.<Exchange>of().iterator();
    }

    @Override
    public int remainingCapacity() {
        return Integer.MAX_VALUE;
    }

    @Override
    public @Nullable Exchange peek() {
        return null;
    }

    @Override
    public @Nullable Exchange poll() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Exchange take() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void put(Exchange exchange) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean offer(Exchange exchange, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int drainTo(Collection<? super Exchange> to) {
        return 0;
    }

    @Override
    public int drainTo(Collection<? super Exchange> to, int most) {
        return 0;
    }
}
