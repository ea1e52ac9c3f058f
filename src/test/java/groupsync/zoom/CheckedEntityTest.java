package groupsync.zoom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.event.Events;
import groupsync.queue.PendingUpdate;
import groupsync.queue.SendCheck;
import groupsync.queue.UpdateDeferredException;
import groupsync.sandbox.ZoomStandIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.hc.client5.http.classic.methods.HttpPatch;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckedEntityTest {

    private final ZoomStandIn zoom = new ZoomStandIn();
    private final CloseableHttpClient http = HttpClients.createDefault();
    private final PendingUpdate update = Events.update("g").pendingAt(0, 1);

    @AfterEach
    void close() throws IOException {
        http.close();
        zoom.close();
    }

    @Test
    void sendsWhatMayBeSentAsItIs() throws Exception {
        patch("{\"name\":\"n\"}", any -> {});

        assertThat(zoom.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.body()).isEqualTo("{\"name\":\"n\"}"));
    }

    @Test
    void nothingOfARequestThatMayNotBeSentComesToZoom() throws Exception {
        assertThatThrownBy(() -> patch("{\"name\":\"old\"}", any -> {
                    throw new UpdateDeferredException(any);
                }))
                .isInstanceOf(NotSentException.class);

        // The stand-in has served all before it when it has answered another one.
        patch("{\"name\":\"new\"}", any -> {});
        assertThat(zoom.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.body()).contains("new"));
    }

    @Test
    void whatWasNotSentIsNoAttempt() {
        update.attempted(Instant.EPOCH);
        update.attempted(Instant.EPOCH.plusSeconds(10));
        update.attempted(Instant.EPOCH.plusSeconds(20));

        assertThatThrownBy(() -> patch("", any -> {
                    throw new UpdateDeferredException(any);
                }))
                .isInstanceOf(NotSentException.class);

        assertThat(update.attempts()).isEqualTo(2);
        assertThat(update.latestAttempt()).isEqualTo(Instant.EPOCH.plusSeconds(10));
    }

    private void patch(String body, SendCheck check) throws IOException {
        var request = new HttpPatch(zoom.settings().get("zoom.api-url") + "/im/groups/" + UUID.randomUUID());
        request.setEntity(new CheckedEntity(new StringEntity(body, StandardCharsets.UTF_8), update, check));
        var unused = http.execute(request, response -> response.getCode());
    }
}
