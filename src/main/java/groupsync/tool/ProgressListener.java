package groupsync.tool;

/** Follows a step that takes its time, such as reading a topic. */
public interface ProgressListener {

    /** Ignores all progress. */
    ProgressListener NONE = new ProgressListener() {};

    /** The step begins, and has {@code total} records, letters or groups before it; 0 if their number is not known. */
    default void started(long total) {}

    /** This many more are done. */
    default void advanced(long count) {}

    /** The step is over, whether all is done or not. */
    default void ended() {}
}
