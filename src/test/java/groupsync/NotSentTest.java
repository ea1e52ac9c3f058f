package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.zoom.GroupForm;
import groupsync.zoom.ZoomRequestTranslator;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In the moment in which a request is written it turns out that it may not be sent any more. */
class NotSentTest {

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @Test
    void theUpdateGoesBackToItsLineWithoutAnAttemptAndNothingIsPaused() {
        var refusals = new AtomicInteger(3);
        var main = GroupSyncApplication.create(groupSync.settings());
        main.bind(
                "zoomRequestTranslator",
                new ZoomRequestTranslator(
                        GroupForm.MULTIPART,
                        update -> {
                            if (refusals.getAndDecrement() > 0) {
                                throw new IllegalStateException("it stood still");
                            }
                        },
                        Clock.systemUTC()));
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        main.start();

        try {
            var outcomes = groupSync.topics().outcomes(1);

            assertThat(outcomes)
                    .singleElement()
                    .satisfies(outcome ->
                            assertThat(outcome.path("attempts").asInt()).isEqualTo(1));
            assertThat(refusals).hasNegativeValue();
            assertThat(groupSync.zoom().requests())
                    .filteredOn(request -> request.method().equals("PATCH"))
                    .hasSize(1);
            assertThat(groupSync.metrics().value("zoom_group_sync_requests_total"))
                    .isEqualTo(1);
        } finally {
            main.stop();
        }
    }
}
