package groupsync.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** The limit of what is possible here: a consumer, a thread pool, and no promise about order, loss or outcomes. */
public final class PlainConsumer {

    /** As many as the service has in hand. */
    private static final int IN_HAND = 2000;

    private PlainConsumer() {}

    /** Runs until the process that started it ends. */
    public static void main(String[] arguments) throws InterruptedException {
        Contestant.endWithParent();
        var concurrency = Contestant.concurrency();
        var zoom = new ZoomCall(concurrency);
        var threads = Executors.newFixedThreadPool(concurrency);
        var inHand = new Semaphore(IN_HAND);
        try (var consumer = Contestant.consumer()) {
            consumer.subscribe(List.of(Contestant.topic()));
            while (true) {
                for (var event : consumer.poll(Duration.ofMillis(100))) {
                    inHand.acquire();
                    threads.execute(() -> {
                        try {
                            zoom.apply(event.value());
                        } finally {
                            inHand.release();
                        }
                    });
                }
                consumer.commitAsync();
            }
        }
    }
}
