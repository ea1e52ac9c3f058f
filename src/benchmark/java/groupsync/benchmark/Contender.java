package groupsync.benchmark;

import java.util.Locale;

/** The systems that are compared. */
enum Contender {
    /** The limit of what is possible, without any promise. */
    PLAIN,
    /** Confluent's Parallel Consumer, ordered by key. */
    PARALLEL,
    /** This project's jar. */
    SERVICE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
