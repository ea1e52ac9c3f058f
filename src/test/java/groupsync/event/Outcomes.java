package groupsync.event;

import groupsync.event.Outcome.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the outcomes of tests, by default that of {@code Events.update("g").at(3, 17)} without a request. */
public final class Outcomes {

    private final Status status;
    private final @Nullable Reason reason;
    private final @Nullable String message;
    private String eventId = "e-17";
    private @Nullable String groupId = "g";
    private @Nullable String requestedGroupId;
    private @Nullable String groupName;
    private @Nullable String matchedName;
    private @Nullable List<String> notApplied;
    private @Nullable Map<String, Difference> changes;
    private @Nullable Integer httpStatus;
    private @Nullable Integer zoomCode;
    private @Nullable String trackingId;
    private int attempts;
    private @Nullable String mergedInto;
    private Outcome.Source source = new Outcome.Source("updates", 3, 17);
    private Instant completedAt = Instant.parse("2026-11-23T04:45:00Z");

    private Outcomes(Status status, @Nullable Reason reason, @Nullable String message) {
        this.status = status;
        this.reason = reason;
        this.message = message;
    }

    public static Outcomes of(Status status) {
        return new Outcomes(status, null, null);
    }

    public static Outcomes refused(Status status, Reason reason, @Nullable String message) {
        return new Outcomes(status, reason, message);
    }

    public Outcomes event(String id) {
        eventId = id;
        return this;
    }

    public Outcomes group(@Nullable String id) {
        groupId = id;
        return this;
    }

    public Outcomes groupName(String name) {
        groupName = name;
        return this;
    }

    /** The id in the event; the group has another one. */
    public Outcomes requestedGroup(String id) {
        requestedGroupId = id;
        return this;
    }

    public Outcomes matchedName(String name) {
        matchedName = name;
        return this;
    }

    public Outcomes notApplied(String... fields) {
        notApplied = List.of(fields);
        return this;
    }

    public Outcomes changes(Map<String, Difference> found) {
        changes = found;
        return this;
    }

    /** The number of requests and Zoom's answer to the last one. */
    public Outcomes after(int attempts, int httpStatus, @Nullable Integer zoomCode, String trackingId) {
        this.attempts = attempts;
        this.httpStatus = httpStatus;
        this.zoomCode = zoomCode;
        this.trackingId = trackingId;
        return this;
    }

    public Outcomes mergedInto(String event) {
        mergedInto = event;
        return this;
    }

    public Outcomes source(String topic, int partition, long offset) {
        source = new Outcome.Source(topic, partition, offset);
        return this;
    }

    public Outcome at(String time) {
        completedAt = Instant.parse(time);
        return build();
    }

    public Outcome build() {
        return new Outcome(
                eventId,
                groupId,
                requestedGroupId,
                groupName,
                matchedName,
                status,
                reason,
                message,
                httpStatus,
                zoomCode,
                trackingId,
                attempts,
                mergedInto,
                notApplied,
                changes,
                source,
                completedAt);
    }
}
