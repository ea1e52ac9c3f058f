package groupsync.settings;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.GroupSyncApplication;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings as Camel sees them. Environment variables need a process of their own: see ServiceIT. */
class CamelSettingsTest {

    private static final String KEY = "zoom.api-url";

    @AfterEach
    void clearSystemProperty() {
        System.clearProperty(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "' ', '', https://api.zoom.us/v2",
        "HTTP://localhost:8080/v2/, '', http://localhost:8080/v2",
        "http://localhost:1111, http://localhost:2222, http://localhost:2222"
    })
    void routesSeeTheCheckedValue(String system, String override, String seen) throws Exception {
        System.setProperty(KEY, system);

        var main = GroupSyncApplication.create(
                Map.of("dry-run", "true", "consumer.group", "rehearsal", "management.port", "0", KEY, override));
        main.init();
        try {
            assertThat(main.getCamelContext().resolvePropertyPlaceholders("{{" + KEY + "}}"))
                    .isEqualTo(seen);
        } finally {
            main.stop();
        }
    }
}
