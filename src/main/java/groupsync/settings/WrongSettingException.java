package groupsync.settings;

import java.io.Serial;

/** A setting is missing or cannot be what it is. The message is one line that names key, value and what is allowed. */
public final class WrongSettingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public WrongSettingException(String key, String problem) {
        super(key + ": " + problem);
    }
}
