package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections to Zoom that lie idle, on the shipped routes. */
class ConnectionsTest extends ShippedRoutes {

    private static final int GROUPS = 8;

    @ParameterizedTest
    @EnumSource
    void oneRequestInVainIsEnoughToDistrustAllThatAreIdle(FirewallStandIn.Manner manner) {
        var api = URI.create(zoom.apiUrl());
        try (var firewall = new FirewallStandIn(api.getPort())) {
            groupSync
                    .with("zoom.api-url", "http://127.0.0.1:" + firewall.port() + api.getPath())
                    .with("zoom.response-timeout", "2s");
            zoom.latency(Duration.ofMillis(500));
            groupSync.sends(GROUPS, GROUPS);
            groupSync.start();
            groupSync.allAreApplied(GROUPS);
            assertThat(firewall.connections()).isGreaterThan(GROUPS / 2);

            firewall.forgets(manner);
            groupSync.sends(1, 1);

            assertThat(topics.outcomes(GROUPS + 1))
                    .hasSize(GROUPS + 1)
                    .allMatch(outcome -> outcome.path("status").asText().equals("APPLIED"));
            groupSync.isDone();
            assertThat(firewall.usedAgain()).isOne();
            groupSync.stop();
        }
    }
}
