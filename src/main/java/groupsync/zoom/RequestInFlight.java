package groupsync.zoom;

/** A request that is written to Zoom, until its answer begins. */
@FunctionalInterface
public interface RequestInFlight {

    /** The answer begins, or the request has failed. */
    void answered();
}
