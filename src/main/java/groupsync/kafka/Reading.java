package groupsync.kafka;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether updates can be read, over all consumers that come and go; tells when that changes. */
public final class Reading {

    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    /** Why nothing can be read, and since when. */
    public record Failure(String cause, Instant since) {}

    private final Clock clock;
    private volatile @Nullable Failure failure;

    public Reading(Clock clock) {
        this.clock = clock;
    }

    /** Why nothing can be read, if nothing can. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    void failed(RuntimeException e) {
        var cause = cause(e);
        var before = failure;
        failure = new Failure(cause, before == null ? clock.instant() : before.since());
        if (before == null || !before.cause().equals(cause)) {
            LOG.warn("updates cannot be read cause=[{}]", cause);
        }
    }

    void succeeded() {
        if (failure != null) {
            failure = null;
            LOG.info("updates are read again");
        }
    }

    static String cause(Throwable e) {
        var root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof UnsupportedVersionException
                ? "consumer.group-protocol=consumer needs brokers from 4.0 on; set it to classic"
                : e == root ? e.toString() : e + ", caused by " + root;
    }
}
