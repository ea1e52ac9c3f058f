package groupsync.sandbox;

/** One of Zoom's families of group calls: its groups, and Zoom's own answers. */
interface GroupFamily {

    /** The path of the list; the path of a group has the id as one more segment. */
    String path();

    StoredGroups groups();

    RateLabel label(ReceivedRequest request);

    /** Zoom's own answer to a call of this family. */
    StandInReply.Answer answer(ReceivedRequest request);

    /** Whether this is a call of this family: the list, or any call for a group. */
    default boolean has(ReceivedRequest request) {
        return request.groupId().isEmpty() ? isList(request) : request.path().startsWith(path() + "/");
    }

    default boolean isList(ReceivedRequest request) {
        return request.method().equals("GET") && request.path().equals(path());
    }
}
