package groupsync.zoom;

import java.time.Duration;
import java.util.regex.Pattern;

/** An access token and its lifetime from the fetch. */
public record AccessToken(String value, Duration lifetime) {

    /** Printable ASCII without a blank: a line break in a token would make another header of it. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    static boolean isToken(String value) {
        return TOKEN.matcher(value).matches();
    }

    /** Without the token, so that no log has it. */
    @Override
    public String toString() {
        return "a token that lives " + lifetime;
    }
}
