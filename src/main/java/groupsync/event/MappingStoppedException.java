package groupsync.event;

import java.io.Serial;

/** The mapping of a record is stopped. A filter cannot catch it and go on, as it can a failure of jq. */
final class MappingStoppedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    MappingStoppedException(String message) {
        super(message);
    }
}
