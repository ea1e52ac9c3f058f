package groupsync.tool;

import java.io.Serial;

/** A command cannot be carried out. The message is one line for the operator. */
public final class ToolException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public ToolException(String message) {
        super(message);
    }

    public ToolException(String message, Throwable cause) {
        super(message, cause);
    }
}
