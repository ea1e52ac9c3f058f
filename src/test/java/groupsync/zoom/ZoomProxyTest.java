package groupsync.zoom;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoomProxyTest {

    private final ZoomProxy proxy = ZoomProxy.at(
            URI.create("http://proxy:3128"),
            Optional.empty(),
            Optional.empty(),
            List.of("zoom.us", ".Example.com", "*.example.org"));

    @ParameterizedTest
    @CsvSource({
        "zoom.us, true",
        "api.zoom.us, true",
        "API.ZOOM.US, true",
        "example.com, true",
        "a.b.example.com, true",
        "a.example.org, true",
        "myzoom.us, false",
        "zoom.us.example.net, false",
        "zoomgov.com, false",
    })
    void aDomainStandsForAllItsHosts(String host, boolean direct) {
        assertThat(proxy.isDirect(host)).isEqualTo(direct);
    }
}
