package groupsync.settings;

import java.io.Serial;

/** A setting is missing or wrong. The message is one line that names the key, the value and the allowed values. */
public final class WrongSettingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public WrongSettingException(String key, String problem) {
        super(key + ": " + problem);
    }

    static WrongSettingException notAllowed(String key, String value, String allowed) {
        return new WrongSettingException(key, "'" + oneLine(value) + "' is not " + allowed);
    }

    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", " ");
    }
}
