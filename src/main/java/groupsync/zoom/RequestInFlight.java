package groupsync.zoom;

/** A request to Zoom from its writing until its response begins. */
@FunctionalInterface
public interface RequestInFlight {

    /** The response begins, or the request has failed. */
    void answered();
}
