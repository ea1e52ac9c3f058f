package groupsync.groups;

import groupsync.delivery.RetryDelays;
import groupsync.names.GroupListReader;
import groupsync.settings.GroupsToolSettings;
import groupsync.tool.ProgressListener;
import groupsync.tool.ToolException;
import groupsync.zoom.AccessTokens;
import groupsync.zoom.Consequence;
import groupsync.zoom.GroupsApi;
import groupsync.zoom.ImGroups;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomCaller;
import groupsync.zoom.ZoomReply;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All groups of the account, as Zoom lists them: one request at a time, and at most five a second. */
final class AccountGroups {

    private static final Logger LOG = LoggerFactory.getLogger(AccountGroups.class);
    /** A Pro plan has 20 such requests a second, for all apps. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

    private final GroupsToolSettings settings;
    private final GroupsApi api;
    private final Clock steady;
    private final RetryDelays delays;
    private int failures;

    /** @param steady a clock that is never set */
    AccountGroups(GroupsToolSettings settings, Clock steady) {
        this.settings = settings;
        this.steady = steady;
        api = settings.zoom().groups();
        var retry = settings.retry();
        delays = new RetryDelays(retry.attempts(), retry.delay(), retry.maxDelay(), retry.probeInterval());
    }

    /**
     * The name of each group by its id.
     *
     * @throws ToolException if Zoom does not list them, however often it is asked
     */
    Map<String, String> list(ProgressListener progress) {
        var groups = new HashMap<String, String>();
        var pages = new GroupListReader(api, () -> {}, groups::putAll, steady);
        progress.started(0);
        try (var zoom = zoom()) {
            while (true) {
                var before = pages.size();
                var reply = zoom.call(pages::next);
                if (reply.verdict() == Verdict.FOUND) {
                    return groups;
                }
                if (reply.verdict() == Verdict.PAGE_LISTED) {
                    failures = 0;
                    progress.advanced(pages.size() - before);
                    sleep(SHORTEST_WAIT);
                } else {
                    progress.ended();
                    failures++;
                    sleep(delay(reply));
                }
            }
        } catch (IOException e) {
            throw new ToolException("the " + api.groups() + " are not listed: " + e, e);
        } finally {
            progress.ended();
        }
    }

    private ZoomCaller zoom() {
        var zoom = settings.zoom();
        var tokens = new AccessTokens(settings.credentials().tokenSource(zoom, Clock.systemUTC()), steady);
        return new ZoomCaller(
                URI.create(zoom.apiUrl() + "/" + api.path()),
                tokens,
                zoom.tls(),
                zoom.proxy(),
                zoom.responseTimeout(),
                Clock.systemUTC());
    }

    /** The time before the next attempt, as in the service. */
    private Duration delay(ZoomReply reply) {
        var delay = switch (consequence(reply.verdict())) {
            case NEW_TOKEN -> repeated(failures == 1, Duration.ZERO, reply);
            case TRY_AGAIN ->
                repeated(failures < settings.retry().attempts(), delays.afterAttempts(failures, reply), reply);
            default -> throw notListed(reply);
        };
        LOG.info("asking Zoom again in {} ms: {}", delay.toMillis(), reply);
        return delay;
    }

    /** The service pauses without a token; a tool tries again. */
    private static Consequence consequence(Verdict verdict) {
        return verdict == Verdict.TOKEN_UNAVAILABLE ? Consequence.TRY_AGAIN : verdict.consequence();
    }

    private Duration repeated(boolean isRepeated, Duration delay, ZoomReply reply) {
        if (!isRepeated) {
            throw notListed(reply);
        }
        return delay.compareTo(SHORTEST_WAIT) > 0 ? delay : SHORTEST_WAIT;
    }

    private ToolException notListed(ZoomReply reply) {
        var code = reply.zoomCode() == null ? "" : "/" + reply.zoomCode();
        var status = reply.httpStatus() == null ? "" : reply.httpStatus() + code + " ";
        var remedy = remedy(reply.toNewToken().verdict());
        return new ToolException("the " + api.groups() + " are not listed: " + status + reply.message()
                + (remedy.isEmpty() ? "" : "; " + remedy));
    }

    private String remedy(Verdict verdict) {
        return switch (verdict) {
            case SCOPE_MISSING, LIST_SCOPE_MISSING -> "add the scope " + api.listScope() + " to the app";
            case API_GONE ->
                api instanceof ImGroups
                        ? "Zoom moved the account to contact groups, and knows the old ids no more: take an earlier list,"
                                + " or names instead of ids; see docs/contact-groups.md"
                        : api.remedy(verdict);
            default -> api.remedy(verdict);
        };
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("interrupted", e);
        }
    }
}
