package groupsync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class RetryTest extends QueuesFixture {

    private static final Duration DELAY = Duration.ofMillis(500);

    @Test
    void anUpdateThatIsPutBackStaysTheFirstOfItsQueue() {
        add("finance", ONE, 10, 11);
        var update = take();

        putBack(update);

        assertThat(poll()).isSameAs(update);
    }

    @Test
    void takesNothingOfAQueueBeforeItsDelayIsOver() {
        add("finance", ONE, 10);
        add("sales", ONE, 11);
        queues.putBack(take(), DELAY);
        clock.advance(DELAY.minusMillis(1));
        add("finance", ONE, 12);

        assertThat(poll()).hasToString("updates-1-11");
        assertThat(poll()).isNull();
    }

    @Test
    void takesTheUpdateOnceAfterItsDelayAndTheNextOneWithoutADelay() {
        add("finance", ONE, 10, 11);
        var update = take();
        queues.putBack(update, DELAY);
        clock.advance(DELAY);

        assertThat(poll()).isSameAs(update);
        assertThat(poll()).isNull();
        queues.acknowledge(update);
        assertThat(poll()).hasToString("updates-1-11");
    }

    /** Otherwise neighbours of a bad update that are bad themselves would keep all others from Zoom. */
    @Test
    void takesAnyReadyUpdateWhileSomeHaveFailed() {
        for (var offset = 10; offset < 30; offset++) {
            add("group-" + offset, ONE, offset);
        }
        fail(take());

        var first = new HashSet<String>();
        for (var attempt = 0; attempt < 200; attempt++) {
            var update = take();
            first.add(update.toString());
            putBack(update);
        }

        assertThat(first).hasSizeGreaterThan(5);
    }
}
