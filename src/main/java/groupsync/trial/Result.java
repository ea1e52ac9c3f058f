package groupsync.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sample becomes; the components are the fields of the JSON.
 *
 * @param update the event of an update, with the id that its group has in Zoom
 * @param requestedGroupId the id in the event, if zoom.group-ids-file has another one
 * @param notApplied the fields of the event that are dropped
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Result(
        String sample,
        Kind result,
        Map<String, Object> update,
        @Nullable String requestedGroupId,
        List<String> notApplied,
        @Nullable Reason reason,
        @Nullable String message) {

    static Result of(Sample sample, GroupUpdateEvent event) {
        if (event instanceof GroupUpdateEvent.Invalid invalid) {
            return new Result(
                    sample.name(), Kind.REFUSED, Map.of(), null, List.of(), invalid.reason(), invalid.message());
        }
        if (event instanceof GroupUpdateEvent.Ignored) {
            return new Result(sample.name(), Kind.IGNORED, Map.of(), null, List.of(), null, null);
        }
        var oldId = event.reference().oldId();
        return new Result(sample.name(), Kind.UPDATE, update(event), oldId, event.notApplied(), null, null);
    }

    private static Map<String, Object> update(GroupUpdateEvent event) {
        var update = new LinkedHashMap<String, Object>();
        // Without an id of its own, an event has that of its record, which a sample does not have yet.
        if (!event.eventId().equals(event.source().id())) {
            update.put("eventId", event.eventId());
        }
        event.groupId().ifPresent(id -> update.put("groupId", id));
        if (event.reference().name() != null) {
            update.put("groupName", event.reference().name());
        }
        if (event instanceof GroupUpdateEvent.Valid valid) {
            update.putAll(valid.update().fields());
        } else if (event instanceof GroupUpdateEvent.ByName byName) {
            update.putAll(byName.fields());
        }
        return update;
    }

    /** The kind of a result. */
    enum Kind {
        @JsonProperty("update")
        UPDATE,
        @JsonProperty("ignored")
        IGNORED,
        @JsonProperty("refused")
        REFUSED
    }
}
