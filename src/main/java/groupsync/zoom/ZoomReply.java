package groupsync.zoom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * What Zoom answered to one request, and what that means.
 *
 * @param httpStatus {@code null} if there was no answer
 * @param zoomCode the error code in the answer, if it has one
 * @param message what Zoom says, or a short description of what came instead
 * @param trackingId the {@code x-zm-trackingid} of the answer
 * @param retryAfter how long Zoom wants no further request, if it says so
 */
public record ZoomReply(
        Verdict verdict,
        @Nullable Integer httpStatus,
        @Nullable Integer zoomCode,
        @Nullable String message,
        @Nullable String trackingId,
        @Nullable Duration retryAfter) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_MESSAGE = 500;
    private static final Duration FIRST_OF_DAY = Duration.ofHours(1);
    private static final Duration LOOK_AT_NEW_DAY = Duration.ofMinutes(5);
    /** Of RFC 9110; beyond it are answers that neither Zoom nor HTTP knows. */
    private static final int LAST_STATUS = 599;

    /** "You have exceeded the daily rate limit (100) of Update API requests permitted for this particular group." */
    private static final Pattern OF_ONE_GROUP =
            Pattern.compile("\\b(particular|this|single|each|per)( im| contact)? group\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern OF_ADDRESS =
            Pattern.compile("\\bIP\\b.*\\b(allow|white|trust|restrict)", Pattern.CASE_INSENSITIVE);

    /** There was no answer. */
    public static ZoomReply unreachable(IOException why) {
        return none(Verdict.UNAVAILABLE, "", why);
    }

    /** There was no answer: for this reason, unless it is that whoever should give it cannot be trusted. */
    static ZoomReply none(Verdict verdict, String what, IOException why) {
        return new ZoomReply(
                isOfTrust(why) ? Verdict.NOT_TRUSTED : verdict, null, null, shortly(what + why), null, null);
    }

    private static boolean isOfTrust(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(
                        cause -> cause instanceof SSLPeerUnverifiedException || cause instanceof CertificateException);
    }

    /**
     * Reads an answer to a PATCH of a group.
     *
     * @param header gives the value of a header by its name, whatever its case
     */
    public static ZoomReply of(int status, Function<String, @Nullable String> header, byte[] body, Instant now) {
        var json = json(body);
        var code = json.path("code").canConvertToInt()
                ? (Integer) json.path("code").intValue()
                : null;
        var message = status == 204 ? null : shortly(message(json, header.apply("content-type"), body));
        var text = message == null ? "" : message;
        var limit = header.apply("x-ratelimit-type");
        var daily = (text + " " + limit).toLowerCase(Locale.ROOT).contains("daily");
        var verdict = verdict(status, code, json, text, daily);
        return new ZoomReply(verdict, status, code, message, trackingId(header), retryAfter(verdict, header, now));
    }

    /** Reads an answer to a GET of a group, which changes nothing and shows whether Zoom answers. */
    public static ZoomReply ofProbe(int status, Function<String, @Nullable String> header, byte[] body, Instant now) {
        return status == 200 && json(body).path("id").isTextual()
                ? new ZoomReply(Verdict.FOUND, status, null, null, trackingId(header), null)
                : of(status, header, body, now);
    }

    /**
     * The reply table of Zoom's API in one place. Only what is known to be a fault of the event is one: the group, its
     * name, or a setting that Zoom does not take.
     */
    private static Verdict verdict(int status, @Nullable Integer code, JsonNode json, String message, boolean daily) {
        if (status == 204) {
            return Verdict.APPLIED;
        }
        if (isOfServer(status)) {
            return Verdict.UNAVAILABLE;
        }
        if (status == 415 || refusesEncoding(json)) {
            return Verdict.ENCODING_REFUSED;
        }
        if (status == 429) {
            return limit(message, daily);
        }
        if (code == null) {
            return ofStatus(status, false);
        }
        return switch (code) {
            case 124 -> Verdict.TOKEN_REFUSED;
            case 104, 4700, 4711 -> Verdict.SCOPE_MISSING;
            case 4717 -> Verdict.APP_DEACTIVATED;
            case 2001 -> Verdict.ACCOUNT_REFUSED;
            case 200 -> Verdict.ACCOUNT_NOT_ENTITLED;
            case 429, 4001 -> limit(message, daily);
            case 4130 -> Verdict.GROUP_NOT_FOUND;
            case 4132 -> Verdict.NAME_TAKEN;
            case 4137 -> Verdict.API_GONE;
            // "System error".
            case -1 -> Verdict.UNAVAILABLE;
            case 300, 400 -> status == 401 ? Verdict.TOKEN_REFUSED : ofWords(status, message);
            default -> ofCode(status, code, message);
        };
    }

    private static boolean isOfServer(int status) {
        return status >= 500 && status <= LAST_STATUS;
    }

    private static boolean refusesEncoding(JsonNode json) {
        return Stream.concat(
                        Stream.of(json),
                        StreamSupport.stream(json.path("errors").spliterator(), false))
                .anyMatch(error ->
                        error.path("message").asText().startsWith("Request Body should be a valid JSON object"));
    }

    private static Verdict limit(String message, boolean daily) {
        if (!daily) {
            return Verdict.TOO_MANY_REQUESTS;
        }
        return OF_ONE_GROUP.matcher(message).find() ? Verdict.GROUP_LIMIT_SPENT : Verdict.DAILY_LIMIT_SPENT;
    }

    /** Of the codes that Zoom has for all kinds of requests. */
    private static Verdict ofWords(int status, String message) {
        if (message.startsWith("Missing field: name")) {
            return Verdict.MISSING_NAME;
        }
        return message.startsWith("Missing field") || message.startsWith("Validation Failed")
                ? Verdict.REJECTED
                : ofCode(status, 0, message);
    }

    private static Verdict ofCode(int status, int code, String message) {
        if (isOfServer(code)) {
            // "Internal error, try again later" comes under 400.
            return Verdict.UNAVAILABLE;
        }
        if (OF_ADDRESS.matcher(message).find()) {
            return Verdict.ADDRESS_REFUSED;
        }
        return code / 100 == 47 ? Verdict.ACCOUNT_REFUSED : ofStatus(status, true);
    }

    /** @param says whether Zoom gave an error code, which no proxy does */
    private static Verdict ofStatus(int status, boolean says) {
        return switch (status) {
            case 401 -> Verdict.TOKEN_REFUSED;
            case 410 -> Verdict.API_GONE;
            case 408 -> Verdict.UNAVAILABLE;
            // Without 4130 it is the path that is unknown, not the group: no event's fault.
            case 404, 405 -> Verdict.NOT_UNDERSTOOD;
            default -> says && status / 100 == 4 ? Verdict.REFUSAL_UNKNOWN : Verdict.NOT_UNDERSTOOD;
        };
    }

    private static @Nullable String trackingId(Function<String, @Nullable String> header) {
        var given = header.apply("x-zm-trackingid");
        return given == null ? null : shortly(given);
    }

    private static @Nullable Duration retryAfter(
            Verdict verdict, Function<String, @Nullable String> header, Instant now) {
        var given = retryAfter(header, now);
        return switch (verdict) {
            case DAILY_LIMIT_SPENT -> given.orElseGet(() -> untilNextDay(now));
            case TOO_MANY_REQUESTS, UNAVAILABLE -> given.orElse(null);
            default -> null;
        };
    }

    static Optional<Duration> retryAfter(Function<String, @Nullable String> header, Instant now) {
        return Optional.ofNullable(header.apply("retry-after")).flatMap(value -> RetryAfter.parse(value, now));
    }

    /**
     * Until midnight UTC. In the first hour after it, minutes: Zoom's day may begin a moment later than that of this clock,
     * which must not cost the whole day.
     */
    private static Duration untilNextDay(Instant now) {
        var day = now.truncatedTo(ChronoUnit.DAYS);
        return now.isBefore(day.plus(FIRST_OF_DAY))
                ? LOOK_AT_NEW_DAY
                : Duration.between(now, day.plus(1, ChronoUnit.DAYS));
    }

    /** Whether Zoom says that there are limits to what it takes, and not that it fails. */
    public boolean isOfLimit() {
        return verdict == Verdict.TOO_MANY_REQUESTS || verdict == Verdict.DAILY_LIMIT_SPENT || isTooMany();
    }

    private boolean isTooMany() {
        return httpStatus != null && httpStatus == 429;
    }

    public static JsonNode json(byte[] body) {
        try {
            var json = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String message(JsonNode json, @Nullable String contentType, byte[] body) {
        if (json.path("message").isTextual()) {
            var errors = StreamSupport.stream(json.path("errors").spliterator(), false)
                    .map(error -> error.path("field").asText() + ": "
                            + error.path("message").asText())
                    .collect(Collectors.joining("; "));
            return json.path("message").textValue() + (errors.isEmpty() ? "" : " " + errors);
        }
        // A page is described and not quoted: it may show what was sent, the token included.
        return body.length == 0
                ? "an empty answer"
                : "an answer of " + body.length + " bytes, " + (contentType == null ? "of no type" : contentType)
                        + ", that is not one of Zoom's";
    }

    private static String shortly(String text) {
        return shortly(text, LONGEST_MESSAGE);
    }

    /** For people: one line, of a bounded length. */
    static String shortly(String text, int longest) {
        var line = text.replaceAll("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
        var cut = line.length() <= longest ? line : line.substring(0, longest) + "…";
        // Half of a surrogate pair, be it from Zoom or from the cut.
        return cut.replaceAll("\\p{Cs}", "\uFFFD");
    }

    /** The same answer, which means something else. */
    public ZoomReply with(Verdict other, @Nullable String otherMessage) {
        return new ZoomReply(other, httpStatus, zoomCode, otherMessage, trackingId, retryAfter);
    }

    /** The same, without this secret, should Zoom or something before it have sent it back. */
    ZoomReply without(String secret) {
        if (message == null) {
            return this;
        }
        var clean = withoutCutOff(message, secret).replace(secret, "…");
        return new ZoomReply(verdict, httpStatus, zoomCode, clean, trackingId, retryAfter);
    }

    /** A token is longer than a message may be, so the cut may have left its beginning at the end. */
    private static String withoutCutOff(String message, String secret) {
        if (message.length() <= LONGEST_MESSAGE) {
            return message;
        }
        for (var from = Math.max(0, LONGEST_MESSAGE - secret.length()); from < LONGEST_MESSAGE; from++) {
            if (secret.startsWith(message.substring(from, LONGEST_MESSAGE))) {
                return message.substring(0, from) + "…";
            }
        }
        return message;
    }

    /** The status for an outcome, whose schema knows no other than those of HTTP; {@code null} if it is none. */
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
