package groupsync.settings;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;

/** Settings of a service with credentials, apart from this process and its working directory. */
final class SettingsFixture {

    static final String SECRET = "pr!vate-Secret";
    static final Path NO_FILE = Path.of("no-such.properties");

    private static final Map<String, String> CREDENTIALS =
            Map.of("zoom.account-id", "account", "zoom.client-id", "client", "zoom.client-secret", SECRET);

    private SettingsFixture() {}

    static Settings settings(String... keysAndValues) {
        var overrides = new HashMap<>(CREDENTIALS);
        for (var i = 0; i < keysAndValues.length; i += 2) {
            overrides.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Settings.of(new SettingSources(overrides, Map.of(), Map.of(), NO_FILE));
    }

    static AbstractThrowableAssert<?, ?> assertRefused(String... keysAndValues) {
        return assertThatThrownBy(() -> settings(keysAndValues))
                .isInstanceOf(WrongSettingException.class)
                .hasMessageNotContaining(SECRET);
    }
}
