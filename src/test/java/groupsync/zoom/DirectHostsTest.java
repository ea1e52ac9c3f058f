package groupsync.zoom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectHostsTest {

    private final DirectHosts direct = new DirectHosts(List.of("zoom.us", ".Example.com", "*.example.org"));

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
    void includeAllHostsOfADomain(String host, boolean included) {
        assertThat(direct.include(host)).isEqualTo(included);
    }
}
