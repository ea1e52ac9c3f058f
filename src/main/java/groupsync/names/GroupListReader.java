package groupsync.names;

import groupsync.zoom.GroupPage;
import groupsync.zoom.GroupsApi;
import groupsync.zoom.ReplyReader;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import groupsync.zoom.ZoomReplyReader;
import groupsync.zoom.ZoomRequest;
import groupsync.zoom.ZoomResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Message Translator: nothing becomes a GET of the next page of all groups; and what Zoom answers to it is kept. For one
 * thread.
 */
public final class GroupListReader implements Processor, ReplyReader {

    private static final Logger LOG = LoggerFactory.getLogger(GroupListReader.class);
    /** The token of a page lives for 15 minutes. */
    private static final Duration LONGEST_LISTING = Duration.ofMinutes(14);

    private static final int PAGES_PER_LOG_LINE = 10;

    private final GroupsApi api;
    private final Runnable begin;
    private final Consumer<Map<String, String>> end;
    private final Clock steady;
    private final Map<String, String> listed = new HashMap<>();
    private @Nullable String nextPage;
    private int pages;
    private Instant begun = Instant.MIN;

    /**
     * @param begin called before the request for the first page
     * @param end called with the name of each group by its id, after the last page
     * @param steady a clock that is never set
     */
    public GroupListReader(GroupsApi api, Runnable begin, Consumer<Map<String, String>> end, Clock steady) {
        this.api = api;
        this.begin = begin;
        this.end = end;
        this.steady = steady;
    }

    @Override
    public void process(Exchange exchange) {
        next().putInto(exchange, null);
    }

    /** The request for the next page. */
    public ZoomRequest next() {
        var now = steady.instant();
        if (nextPage == null || now.isAfter(begun.plus(LONGEST_LISTING))) {
            startOver();
            begun = now;
            begin.run();
        }
        return ZoomRequest.list(api.listQuery(nextPage), this, now);
    }

    /** The number of groups on the pages so far. */
    public int size() {
        return listed.size();
    }

    private void startOver() {
        listed.clear();
        nextPage = null;
        pages = 0;
    }

    @Override
    public ZoomReply read(ZoomResponse response) {
        var reply = new ZoomReplyReader(api).read(response);
        if (response.status() != 200 || !response.json().path("groups").isArray()) {
            return reply.with(failure(reply.verdict()), reply.message());
        }
        var page = api.page(response.json());
        return page.problem() == null
                ? reply.with(add(page), null)
                : reply.with(Verdict.NOT_UNDERSTOOD, page.problem());
    }

    private Verdict add(GroupPage page) {
        listed.putAll(page.names());
        nextPage = page.next();
        pages++;
        if (nextPage != null) {
            if (pages % PAGES_PER_LOG_LINE == 0) {
                LOG.info("listing the groups of Zoom: groups={} pages={}, more follow", listed.size(), pages);
            }
            return Verdict.PAGE_LISTED;
        }
        if (pages > 1) {
            LOG.info("listed the groups of Zoom: groups={} pages={}", listed.size(), pages);
        }
        end.accept(Map.copyOf(listed));
        startOver();
        return Verdict.FOUND;
    }

    /** No event is asked about, so none can be at fault. */
    private Verdict failure(Verdict verdict) {
        return switch (verdict.consequence()) {
            case DONE, EVENT_REFUSED -> refused();
            default ->
                switch (verdict) {
                    case SCOPE_MISSING -> Verdict.LIST_SCOPE_MISSING;
                    case ENCODING_REFUSED -> Verdict.NOT_UNDERSTOOD;
                    case GROUP_LIMIT_SPENT -> Verdict.DAILY_LIMIT_SPENT;
                    case REFUSAL_UNKNOWN -> {
                        refused();
                        yield verdict;
                    }
                    default -> verdict;
                };
        };
    }

    /** Zoom does not document the refusal of an expired page token, so any refusal is taken for one. */
    private Verdict refused() {
        if (nextPage != null) {
            LOG.info("listing the groups of Zoom starts over: page {} was refused", pages + 1);
            startOver();
        }
        return Verdict.NOT_UNDERSTOOD;
    }
}
