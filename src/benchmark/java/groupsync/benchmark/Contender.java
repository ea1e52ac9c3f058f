package groupsync.benchmark;

import java.util.Locale;

/** The systems that are compared. */
enum Contender {
    /** The limit of what is possible, without any promise. */
    PLAIN,
    /** Confluent's Parallel Consumer, ordered by key. */
    PARALLEL,
    /** The limit of what is possible with the service's duties. */
    CAREFUL,
    /** Parallel Consumer with the same duties. */
    PARALLEL_CAREFUL,
    /** This project's jar. */
    SERVICE;

    /** Whether each event gets an outcome. */
    boolean publishesOutcomes() {
        return this != PLAIN && this != PARALLEL;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
