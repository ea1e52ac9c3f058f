package groupsync.settings;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.GroupSyncApplication;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
    @CsvSource({"' ', https://api.zoom.us/v2", "HTTP://localhost:8080/v2/, http://localhost:8080/v2"})
    void routesSeeAValueAsItWasChecked(String value, String seen) throws Exception {
        System.setProperty(KEY, value);

        assertThat(resolve(Map.of())).isEqualTo(seen);
    }

    @Test
    void routesSeeADemandedValueRatherThanASystemProperty() throws Exception {
        System.setProperty(KEY, "http://localhost:1111");

        assertThat(resolve(Map.of(KEY, "http://localhost:2222"))).isEqualTo("http://localhost:2222");
    }

    private static String resolve(Map<String, String> demanded) throws Exception {
        var settings = new HashMap<>(Map.of("dry-run", "true", "management.port", "0"));
        settings.putAll(demanded);
        var main = GroupSyncApplication.create(settings);
        main.init();
        try {
            return main.getCamelContext().resolvePropertyPlaceholders("{{" + KEY + "}}");
        } finally {
            main.stop();
        }
    }
}
