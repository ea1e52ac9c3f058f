package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.queue.PendingUpdate;
import groupsync.queue.UpdateDeferredException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Processor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteFailuresTest extends ShippedRoutes {

    private static final int FAILURES = 3;

    /** In Camel's default, each exception that its author did not think of would make a dead letter. */
    @ParameterizedTest
    @ValueSource(strings = {"checked", "unchecked"})
    void aStepThatFailsUnexpectedlyMakesNoDeadLetterAndLosesNoUpdate(String kind) {
        var calls = new AtomicInteger();
        Processor form = exchange -> {
            if (calls.incrementAndGet() <= FAILURES) {
                if (kind.equals("checked")) {
                    throw new IOException("a bug");
                }
                throw new IllegalStateException("a bug");
            }
            // By now it would have been a dead letter.
            throw new UpdateDeferredException(exchange.getVariable("update", PendingUpdate.class));
        };
        groupSync.replace("zoomRequestTranslator", form);
        groupSync.start();

        groupSync.receives("finance");

        await().until(() -> calls.get() > FAILURES);
        assertThat(topics.deadLetters(0)).isEmpty();
        assertThat(topics.lag()).isEqualTo(1);
    }
}
