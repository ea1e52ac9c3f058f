package groupsync.names;

import groupsync.zoom.ReplyReader;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import groupsync.zoom.ZoomReplyReader;
import groupsync.zoom.ZoomRequest;
import groupsync.zoom.ZoomResponse;
import java.time.Clock;
import java.util.HashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Message Translator: nothing becomes a GET of all groups; and what Zoom answers to it is kept. */
public final class GroupListReader implements Processor, ReplyReader {

    private static final int LONGEST_ID = 256;

    private final GroupNames names;
    private final Clock clock;

    public GroupListReader(GroupNames names, Clock clock) {
        this.names = names;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        ZoomRequest.list(this, clock.instant()).putInto(exchange, null);
        names.startListing();
    }

    @Override
    public ZoomReply read(ZoomResponse response) {
        var json = response.json();
        var groups = json.path("groups");
        var reply = ZoomReplyReader.read(response);
        if (response.status() != 200 || !groups.isArray()) {
            return reply.with(verdict(reply.verdict()), reply.message());
        }
        if (json.path("total_records").asLong() > groups.size()) {
            // Else a group that is not in it would be refused as if there were none.
            var message = "only " + groups.size() + " of "
                    + json.path("total_records").asLong() + " groups are listed, and this API knows no further pages";
            return reply.with(Verdict.NOT_UNDERSTOOD, message);
        }
        var byId = new HashMap<String, String>();
        for (var group : groups) {
            var id = group.path("id").asText();
            if (!id.isEmpty() && id.length() <= LONGEST_ID && group.path("name").isTextual()) {
                byId.put(id, group.path("name").textValue());
            }
        }
        names.listed(byId);
        return reply.with(Verdict.FOUND, null);
    }

    /** No event is asked about, so none can be at fault. */
    private static Verdict verdict(Verdict verdict) {
        return switch (verdict.consequence()) {
            case DONE, EVENT_REFUSED -> Verdict.NOT_UNDERSTOOD;
            default ->
                switch (verdict) {
                    case SCOPE_MISSING -> Verdict.LIST_SCOPE_MISSING;
                    case ENCODING_REFUSED -> Verdict.NOT_UNDERSTOOD;
                    case GROUP_LIMIT_SPENT -> Verdict.DAILY_LIMIT_SPENT;
                    default -> verdict;
                };
        };
    }
}
