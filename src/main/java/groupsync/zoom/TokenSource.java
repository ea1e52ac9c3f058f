package groupsync.zoom;

/** The source of access tokens. */
@FunctionalInterface
public interface TokenSource {

    /**
     * Fetches a new token.
     *
     * @throws NoReplyException if there is none now
     */
    AccessToken fetch() throws NoReplyException;
}
