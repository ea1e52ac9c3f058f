package groupsync.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The reply table of Zoom's groups APIs: from the status, the error code and the words of a response to a verdict.
 * Only the group, its name and a setting that Zoom refuses are faults of the event.
 */
final class ReplyTable {

    private static final Pattern OF_ADDRESS =
            Pattern.compile("\\bIP\\b.*\\b(allow|white|trust|restrict)", Pattern.CASE_INSENSITIVE);

    /** Zoom spells the rest in three ways. */
    private static final String PAID = "Only available for paid account";

    private ReplyTable() {}

    static Verdict verdict(ZoomResponse response, String message, GroupsApi api) {
        var status = response.status();
        if (status == 204) {
            return Verdict.APPLIED;
        }
        if (isOfServer(status)) {
            return Verdict.UNAVAILABLE;
        }
        if (status == 415 || refusesEncoding(response.json())) {
            return Verdict.ENCODING_REFUSED;
        }
        if (status == 429) {
            return RateLimit.verdict(response, message);
        }
        if (message.regionMatches(true, 0, PAID, 0, PAID.length())) {
            return Verdict.ACCOUNT_NOT_ENTITLED;
        }
        return response.code()
                .map(code -> status == 401 && (code == 300 || code == 400)
                        ? Verdict.TOKEN_REFUSED
                        : api.verdict(code, message).orElseGet(() -> ofCode(code, response, message)))
                .orElseGet(() -> ofStatus(status, response.json().path("errors").isArray()));
    }

    private static Verdict ofCode(int code, ZoomResponse response, String message) {
        var status = response.status();
        return switch (code) {
            case 124, 401 -> Verdict.TOKEN_REFUSED;
            // Under 401 the same code is also that of an expired token.
            case 4700 -> status == 401 ? Verdict.TOKEN_OR_SCOPE_REFUSED : Verdict.SCOPE_MISSING;
            case 104, 4711 -> Verdict.SCOPE_MISSING;
            case 4717 -> Verdict.APP_DEACTIVATED;
            case 2001 -> Verdict.ACCOUNT_REFUSED;
            case 200 -> Verdict.ACCOUNT_NOT_ENTITLED;
            case 429, 4001 -> RateLimit.verdict(response, message);
            case 4132 -> Verdict.NAME_TAKEN;
            // "System error".
            case -1 -> Verdict.UNAVAILABLE;
            case 300, 400 -> ofWords(status, message);
            default -> ofUnknownCode(code, status, message);
        };
    }

    private static boolean isOfServer(int status) {
        return status >= 500 && status <= ZoomReply.LAST_STATUS;
    }

    private static boolean refusesEncoding(JsonNode json) {
        return Stream.concat(
                        Stream.of(json),
                        StreamSupport.stream(json.path("errors").spliterator(), false))
                .anyMatch(error ->
                        error.path("message").asText().startsWith("Request Body should be a valid JSON object"));
    }

    /** Codes 300 and 400 are those of all kinds of requests; only their words differ. */
    private static Verdict ofWords(int status, String message) {
        return message.startsWith("Missing field") || message.startsWith("Validation Failed")
                ? Verdict.REJECTED
                : ofUnknownCode(0, status, message);
    }

    private static Verdict ofUnknownCode(int code, int status, String message) {
        if (isOfServer(code)) {
            // "Internal error, try again later" comes under 400.
            return Verdict.UNAVAILABLE;
        }
        if (OF_ADDRESS.matcher(message).find()) {
            return Verdict.ADDRESS_REFUSED;
        }
        return code / 100 == 47 ? Verdict.ACCOUNT_REFUSED : ofStatus(status, true);
    }

    /** @param hasCode whether the response has an error code or a list of errors, which only Zoom gives */
    private static Verdict ofStatus(int status, boolean hasCode) {
        return switch (status) {
            case 401 -> Verdict.TOKEN_REFUSED;
            case 410 -> Verdict.API_GONE;
            case 408 -> Verdict.UNAVAILABLE;
            // Without 4130, the path is unknown and not the group: no event is at fault.
            case 404, 405 -> Verdict.NOT_UNDERSTOOD;
            default -> hasCode && status / 100 == 4 ? Verdict.REFUSAL_UNKNOWN : Verdict.NOT_UNDERSTOOD;
        };
    }
}
