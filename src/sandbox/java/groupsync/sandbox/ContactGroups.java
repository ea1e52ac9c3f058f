package groupsync.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Zoom's API of contact groups, the successor of the IM groups. */
final class ContactGroups implements GroupFamily {

    static final String PATH = "/v2/contacts/groups";

    private static final String DEFAULT_PAGE_SIZE = "10";
    private static final int LARGEST_PAGE = 50;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** Each field of a PATCH with its check. */
    private static final Map<String, Predicate<JsonNode>> FIELDS = Map.of(
            "name", JsonNode::isTextual,
            "privacy", value -> value.isInt() && value.intValue() >= 1 && value.intValue() <= 3,
            "description", JsonNode::isTextual);

    final PageTokens tokens;
    private final StoredGroups groups = new StoredGroups();

    ContactGroups(InstantSource time) {
        tokens = new PageTokens(time);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public StoredGroups groups() {
        return groups;
    }

    @Override
    public RateLabel label(ReceivedRequest request) {
        if (isList(request)) {
            return RateLabel.MEDIUM;
        }
        return request.method().equals("GET") ? RateLabel.LIGHT : RateLabel.HEAVY;
    }

    @Override
    public StandInReply.Answer answer(ReceivedRequest request) {
        var id = request.groupId();
        if (isList(request)) {
            return page(request.query());
        }
        if (!groups.exists(id)) {
            return StandInReply.zoom(400, 300, "A group with this groupId: " + id + " does not exist.");
        }
        return switch (request.method()) {
            case "GET" -> StandInReply.json(200, group(id, true));
            case "PATCH" -> patch(request);
            default -> StandInReply.zoom(405, 405, "Method not allowed.");
        };
    }

    private StandInReply.Answer page(Map<String, String> query) {
        var size = query.getOrDefault("page_size", DEFAULT_PAGE_SIZE);
        // What Zoom makes of another size is not documented; the service must not depend on it.
        if (!size.matches("[1-9]\\d?") || Integer.parseInt(size) > LARGEST_PAGE) {
            return StandInReply.invalid("page_size");
        }
        var token = query.getOrDefault("next_page_token", "");
        // No id is before the empty one.
        var last = token.isEmpty() ? Optional.of("") : tokens.lastId(token);
        return last.map(id -> StandInReply.json(200, page(id, Integer.parseInt(size))))
                .orElseGet(() -> StandInReply.zoom(400, 300, "The next page token is invalid or expired."));
    }

    private JsonNode page(String lastId, int size) {
        var rest = groups.ids().stream().filter(id -> id.compareTo(lastId) > 0).toList();
        var ids = rest.subList(0, Math.min(size, rest.size()));
        var page = JsonNodeFactory.instance.objectNode();
        var array = page.putArray("groups");
        ids.forEach(id -> array.add(group(id, false)));
        page.put("next_page_token", ids.size() == rest.size() ? "" : tokens.issue(ids.get(size - 1)));
        return page.put("page_size", size);
    }

    private ObjectNode group(String id, boolean withMembers) {
        var settings = groups.settings(id);
        var group = JsonNodeFactory.instance.objectNode().put("group_id", id);
        group.put("group_name", settings.getOrDefault("name", id));
        if (withMembers) {
            group.put("total_members", 0);
        }
        group.put("group_privacy", Integer.parseInt(settings.getOrDefault("privacy", "2")));
        return group.put("description", settings.getOrDefault("description", ""));
    }

    private StandInReply.Answer patch(ReceivedRequest request) {
        if (!request.contentType().startsWith("application/json")) {
            return StandInReply.zoom(415, 300, "Unsupported Content Type");
        }
        var body = json(request.body());
        if (!body.isObject()) {
            return StandInReply.zoom(400, 300, "Request Body should be a valid JSON object.");
        }
        var wrong = body.properties().stream()
                .filter(field ->
                        !FIELDS.getOrDefault(field.getKey(), value -> false).test(field.getValue()))
                .map(Map.Entry::getKey)
                .toArray(String[]::new);
        if (wrong.length > 0) {
            return StandInReply.invalid(wrong);
        }
        var changes = new LinkedHashMap<String, String>();
        body.properties()
                .forEach(field -> changes.put(field.getKey(), field.getValue().asText()));
        groups.change(request.groupId(), changes);
        return StandInReply.status(204);
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
