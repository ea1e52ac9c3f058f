package groupsync.settings;

import groupsync.zoom.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;

/** Reads single settings, checks them, and collects those that routes may name. */
final class SettingReader {

    private static final Pattern DURATION = Pattern.compile("\\d{1,9}(ms|s|m|h)");

    private final SettingSources sources;
    private final Properties forRoutes = new Properties();

    SettingReader(SettingSources sources) {
        this.sources = sources;
    }

    /** The settings that routes name as <code>{{key}}</code>, without secrets. */
    Properties forRoutes() {
        return forRoutes;
    }

    /** Replaces the value that routes see. */
    void forRoutes(String key, String value) {
        forRoutes.setProperty(key, value);
    }

    Optional<String> value(String key) {
        var value = sources.value(key);
        value.ifPresent(text -> forRoutes(key, text));
        return value;
    }

    /** The value of the key, or the content of the file that the key with {@code -file} behind it names. */
    Optional<Secret> secret(String key) {
        var value = sources.value(key);
        var fileKey = key + "-file";
        var file = value(fileKey);
        if (value.isPresent() && file.isPresent()) {
            throw new WrongSettingException(fileKey, "is set, and " + key + " is too: only one of them can hold");
        }
        return value.map(Secret::of).or(() -> file.map(name -> inFile(fileKey, name)));
    }

    private static Secret inFile(String key, String name) {
        var secret = Secret.in(Path.of(name));
        try {
            secret.read();
        } catch (IOException e) {
            throw new WrongSettingException(key, "cannot be read: " + e);
        }
        return secret;
    }

    String text(String key) {
        return value(key).orElseThrow(() -> new WrongSettingException(key, "is missing"));
    }

    String oneOf(String key, String... allowed) {
        var value = text(key);
        if (!List.of(allowed).contains(value)) {
            throw WrongSettingException.notAllowed(key, value, "one of " + String.join(", ", allowed));
        }
        return value;
    }

    /** @param otherwise the value of a key that is not set */
    boolean flag(String key, boolean otherwise) {
        return isSet(key, otherwise) ? flag(key) : otherwise;
    }

    /** @param otherwise the value of a key that is not set */
    int count(String key, int least, int most, int otherwise) {
        return isSet(key, otherwise) ? count(key, least, most) : otherwise;
    }

    private boolean isSet(String key, Object otherwise) {
        var isSet = sources.value(key).isPresent();
        if (!isSet) {
            forRoutes(key, otherwise.toString());
        }
        return isSet;
    }

    /**
     * Refuses the default where a service with other settings has it too.
     *
     * @param example of another value
     * @param because the key whose value needs another one
     */
    void requireOwn(String key, String example, String because) {
        if (sources.isDefault(key)) {
            throw new WrongSettingException(
                    key,
                    "must not be the default, '" + text(key) + "', with " + because + "=" + text(because)
                            + ", which commits what it reads; set " + key + " to a group of its own, such as " + example
                            + ", or " + because + "=false");
        }
    }

    boolean flag(String key) {
        return oneOf(key, "true", "false").equals("true");
    }

    int count(String key, int least, int most) {
        var value = text(key);
        var number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw WrongSettingException.notAllowed(key, value, "a whole number from " + least + " to " + most);
        }
        return number;
    }

    Duration duration(String key, Duration least, Duration most) {
        var value = text(key);
        if (DURATION.matcher(value).matches()) {
            var duration = Duration.ofMillis(TimeUtils.toMilliSeconds(value));
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        }
        var longest = most.toHours() == 0 ? most.toSeconds() + "s" : most.toHours() + "h";
        throw WrongSettingException.notAllowed(
                key, value, "a time from " + least.toMillis() + "ms to " + longest + ", such as 500ms, 10s, 5m or 1h");
    }
}
