package groupsync.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.event.GroupUpdate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** One of Zoom's two APIs for groups: all that differs between IM groups and contact groups. */
public interface GroupsApi {

    /** The groups as they are called in messages, such as "contact groups". */
    String groups();

    /** The path of all groups behind {@code zoom.api-url}, without slashes around it. The id of a group follows it. */
    String path();

    /** The fields of an event that such a group has, as in {@link GroupUpdate#FIELDS}. */
    Set<String> fields();

    /** Whether Zoom refuses a change without a name. */
    boolean needsName();

    /** Requests per second that Zoom allows a Pro account for a change of a group. */
    int requestsPerSecond();

    /**
     * The body of a PATCH: only the changed settings.
     *
     * @param boundaries gives another boundary of a multipart form each time, until no text contains it
     */
    HttpEntity body(GroupUpdate update, Supplier<String> boundaries);

    /**
     * The verdict on a response with an error code that has a meaning of its own in this API; empty if it has none.
     *
     * @param message Zoom's words
     */
    Optional<Verdict> verdict(int code, String message);

    /** The instruction for the operator, with the scopes and settings of this API. */
    default String remedy(Verdict verdict) {
        return verdict.remedy();
    }

    /** The same instruction while groups are only compared. */
    default String remedyOfComparison(Verdict verdict) {
        return verdict == Verdict.SCOPE_MISSING
                ? "add the scope " + readScope() + " to the app, or set dry-run=true"
                : remedy(verdict);
    }

    /** The scope that an app needs to get a group. */
    String readScope();

    /**
     * The settings of a group in Zoom's JSON, named as in an event. Those that are missing there, or have an unknown form, are
     * left out.
     */
    Map<String, Object> settings(JsonNode group);

    /** The scope that an app needs for the list of all groups. */
    String listScope();

    /**
     * The query of the request for a page of the list of all groups; {@code null} if it has none.
     *
     * @param token of the page; {@code null} for the first one
     */
    @Nullable
    String listQuery(@Nullable String token);

    /** A page of that list. */
    GroupPage page(JsonNode json);

    /** Another name that the group of this name may have in Zoom; empty if there is none. */
    default Optional<String> otherName(String name) {
        return Optional.empty();
    }
}
