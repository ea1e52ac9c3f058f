package groupsync.zoom;

import groupsync.event.Excerpt;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Zoom's answer to one request, and its verdict.
 *
 * @param httpStatus {@code null} if there was no response
 * @param zoomCode the error code in the response, if it has one
 * @param message Zoom's own words, or a short description of the response or of the failure; one line
 * @param trackingId the {@code x-zm-trackingid} of the response
 * @param retryAfter how long Zoom wants no further request, if the response names a time
 * @param settings those of the group that a comparison asked for, named as in an event; without those that the response does
 *     not have
 */
public record ZoomReply(
        Verdict verdict,
        @Nullable Integer httpStatus,
        @Nullable Integer zoomCode,
        @Nullable String message,
        @Nullable String trackingId,
        @Nullable Duration retryAfter,
        @Nullable Map<String, Object> settings) {

    /** In UTF-16 units, without the ellipsis. */
    static final int LONGEST_MESSAGE = 500;
    /** Of RFC 9110; neither Zoom nor HTTP knows a higher status. */
    static final int LAST_STATUS = 599;

    /** A reply without the settings of a group; its parameters are the components of the same names. */
    public ZoomReply(
            Verdict verdict,
            @Nullable Integer httpStatus,
            @Nullable Integer zoomCode,
            @Nullable String message,
            @Nullable String trackingId,
            @Nullable Duration retryAfter) {
        this(verdict, httpStatus, zoomCode, message, trackingId, retryAfter, null);
    }

    /** There was no response, for this reason. */
    static ZoomReply none(Verdict verdict, String message) {
        return new ZoomReply(verdict, null, null, message, null, null);
    }

    /** The request failed before there was a response. */
    public static ZoomReply unreachable(IOException why) {
        return failed(Verdict.UNAVAILABLE, "", why);
    }

    /**
     * The request failed before there was a response.
     *
     * @param verdict unless the failure is that the certificate is not trusted
     * @param prefix of the message
     */
    static ZoomReply failed(Verdict verdict, String prefix, IOException why) {
        return none(
                ZoomTls.isDistrust(why) ? Verdict.NOT_TRUSTED : verdict,
                Excerpt.onOneLine(prefix + why, LONGEST_MESSAGE));
    }

    /** The same response with another verdict and message. */
    public ZoomReply with(Verdict other, @Nullable String otherMessage) {
        return new ZoomReply(other, httpStatus, zoomCode, otherMessage, trackingId, retryAfter, settings);
    }

    /** The same reply with these settings of a group. */
    ZoomReply with(Map<String, Object> found) {
        return new ZoomReply(verdict, httpStatus, zoomCode, message, trackingId, retryAfter, Map.copyOf(found));
    }

    /** The same reply, if the token of its request was fetched because Zoom had refused the one before. */
    public ZoomReply toNewToken() {
        return verdict == Verdict.TOKEN_OR_SCOPE_REFUSED ? with(Verdict.SCOPE_MISSING, message) : this;
    }

    /** Whether requests are limited, by Zoom or by a bound of the service, rather than fail. */
    public boolean isOfLimit() {
        return verdict == Verdict.TOO_MANY_REQUESTS
                || verdict == Verdict.DAILY_BUDGET_SPENT
                || verdict == Verdict.DAILY_LIMIT_SPENT
                || (httpStatus != null && httpStatus == 429);
    }

    /** The status for an outcome, whose schema allows only those of HTTP; {@code null} if it is none of them. */
    @Nullable
    public Integer statusOfHttp() {
        return httpStatus == null || httpStatus > LAST_STATUS ? null : httpStatus;
    }

    @Override
    public String toString() {
        return verdict
                + (httpStatus == null ? "" : " http=" + httpStatus)
                + (zoomCode == null ? "" : " zoomCode=" + zoomCode)
                + (message == null ? "" : " message=\"" + message + "\"")
                + (retryAfter == null ? "" : " retryAfter=" + retryAfter)
                + (trackingId == null ? "" : " trackingId=" + trackingId);
    }
}
