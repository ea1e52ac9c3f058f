package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.queue.UpdateDeferredException;
import groupsync.zoom.GroupForm;
import groupsync.zoom.ImGroups;
import groupsync.zoom.ZoomRequestTranslator;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When a request is written, it must not be sent any more. */
class NotSentTest extends ShippedRoutes {

    @Test
    void theUpdateIsPutBackWithoutAnAttemptAndWithoutAPause() {
        var refusals = new AtomicInteger(3);
        groupSync.replace(
                "zoomRequestTranslator",
                new ZoomRequestTranslator(
                        new ImGroups(GroupForm.MULTIPART),
                        update -> {
                            if (refusals.getAndDecrement() > 0) {
                                throw new UpdateDeferredException(update);
                            }
                        },
                        Clock.systemUTC()));
        groupSync.receives("g1");

        groupSync.start();

        assertThat(topics.outcomes(1, "attempts")).containsExactly("1");
        assertThat(refusals).hasNegativeValue();
        assertThat(requests("PATCH")).hasSize(1);
        assertThat(groupSync.metric("requests_total")).isEqualTo(1);
        assertThat(groupSync.metric("pauses_total")).isZero();
    }
}
