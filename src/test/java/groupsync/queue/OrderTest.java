package groupsync.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import groupsync.event.Events;
import groupsync.event.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OrderTest extends QueuesFixture {

    @Test
    void takesTheUpdatesOfAGroupOneAtATimeInTheirOrder() {
        add("finance", ONE, 10, 11, 12, 13, 14);

        for (var offset = 10; offset < 15; offset++) {
            var update = take();
            assertThat(update).hasToString("updates-1-" + offset);
            assertThat(poll()).isNull();
            queues.acknowledge(update);
        }
        // Its queue was removed.
        add("finance", ONE, 15);
        assertThat(poll()).hasToString("updates-1-15");
    }

    @Test
    void takesUpdatesOfOtherGroupsMeanwhile() {
        add("finance", ONE, 10);
        take();

        add("sales", ONE, 11);

        assertThat(poll()).hasToString("updates-1-11");
    }

    @Test
    void thePartitionsTakeTurns() {
        add("finance", ONE, 10);
        add("sales", ONE, 11);
        add("legal", ONE, 12);
        add("support", TWO, 20);
        add("design", TWO, 21);

        assertThat(takeAll())
                .map(PendingUpdate::toString)
                .containsExactly("updates-1-10", "updates-2-20", "updates-1-11", "updates-2-21", "updates-1-12");
    }

    @Test
    void aNewEventOfAnotherPartitionDoesNotWaitForABacklog() {
        add("finance", ONE, 10);
        add("sales", ONE, 11);
        add("legal", ONE, 12);
        take();

        add("support", TWO, 20);

        assertThat(take()).hasToString("updates-1-11");
        assertThat(take()).hasToString("updates-2-20");
    }

    @Test
    void anInvalidEventOfAGroupDoesNotWaitForIt() {
        add("finance", ONE, 10);
        take();
        read(ONE, 11);

        queues.add(Events.invalid(Reason.INVALID_EVENT, "/name: is missing").at(ONE, 11));

        assertThat(poll()).hasToString("updates-1-11");
    }

    @Test
    void acknowledgesAndPutsBackOnlyTakenUpdates() {
        add("finance", ONE, 10);
        var update = take();
        queues.acknowledge(update);

        assertThatThrownBy(() -> queues.acknowledge(update))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("updates-1-10 is not taken");
        assertThatThrownBy(() -> putBack(update))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("updates-1-10 is not taken");
    }

    @Test
    void aWorkerThatWaitsTakesAnUpdateWhenItIsAdded() throws Exception {
        var taken = new CompletableFuture<PendingUpdate>();
        var worker = new Thread(() -> {
            try {
                taken.complete(Objects.requireNonNull(queues.poll(Duration.ofDays(1))));
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        worker.setDaemon(true);
        worker.start();
        await().until(() -> worker.getState() == Thread.State.TIMED_WAITING);

        add("finance", ONE, 10);

        assertThat(taken.get(3, TimeUnit.MINUTES)).hasToString("updates-1-10");
    }
}
