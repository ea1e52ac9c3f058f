package groupsync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Zoom's API of IM groups: the groups of an account, and Zoom's own answers. */
final class GroupsApi {

    static final String PATH = "/v2/im/groups";

    private static final int LONGEST_NAME = 128;
    private static final Set<String> TYPES = Set.of("normal", "shared", "restricted");
    private static final List<String> FLAGS = List.of("search_by_domain", "search_by_account", "search_by_ma_account");

    final Set<String> unknown = ConcurrentHashMap.newKeySet();
    /** The content types that a PATCH may have. */
    volatile Set<String> encodings = Set.of("multipart/form-data", "application/json");

    private final Map<String, Map<String, String>> groups = new ConcurrentHashMap<>();
    private volatile boolean anyGroup = true;

    /** Adds a group; from the first one on, only added groups exist. */
    void add(String id, String name) {
        anyGroup = false;
        groups.put(id, new ConcurrentHashMap<>(Map.of("name", name, "type", "normal")));
    }

    Map<String, String> settings(String id) {
        return groups.getOrDefault(id, Map.of());
    }

    StandInReply.Answer answer(ReceivedRequest request) {
        var id = request.groupId();
        if (request.method().equals("GET") && request.path().equals(PATH)) {
            return list();
        }
        if (id.isEmpty()) {
            return StandInReply.zoom(404, 2300, "This API endpoint is not recognized.");
        }
        if (unknown.contains(id) || !(anyGroup || groups.containsKey(id))) {
            return StandInReply.zoom(404, 4130, "Group does not exist:" + id + ".");
        }
        return switch (request.method()) {
            case "GET" -> StandInReply.json(200, json(id));
            case "PATCH" -> patch(request);
            default -> StandInReply.zoom(405, 405, "Method not allowed.");
        };
    }

    private StandInReply.Answer list() {
        var list = JsonNodeFactory.instance.objectNode().put("total_records", groups.size());
        var array = list.putArray("groups");
        groups.keySet().forEach(id -> array.add(json(id)));
        return StandInReply.json(200, list);
    }

    private JsonNode json(String id) {
        var settings = settings(id);
        var group = JsonNodeFactory.instance.objectNode().put("id", id);
        group.put("name", settings.getOrDefault("name", id)).put("total_members", 0);
        FLAGS.forEach(flag -> group.put(flag, Boolean.parseBoolean(settings.get(flag))));
        return group.put("type", settings.getOrDefault("type", "normal"));
    }

    private StandInReply.Answer patch(ReceivedRequest request) {
        var type = request.headers().getOrDefault("Content-Type", List.of("")).get(0);
        if (encodings.stream().noneMatch(type::startsWith)) {
            return StandInReply.zoom(415, 300, "Unsupported Content Type");
        }
        var fields = request.fields();
        var name = fields.get("name");
        if (name == null) {
            return StandInReply.zoom(300, 300, "Missing field: name");
        }
        if (name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            return invalid("name");
        }
        if (!TYPES.contains(fields.getOrDefault("type", "normal"))) {
            return invalid("type");
        }
        for (var flag : FLAGS) {
            if (!Set.of("true", "false").contains(fields.getOrDefault(flag, "true"))) {
                return invalid(flag);
            }
        }
        if (!anyGroup && isTaken(name, request.groupId())) {
            return StandInReply.zoom(409, 4132, "Group name " + name + " is already in use.");
        }
        groups.computeIfAbsent(request.groupId(), id -> new ConcurrentHashMap<>())
                .putAll(fields);
        return StandInReply.status(204);
    }

    private boolean isTaken(String name, String id) {
        return groups.entrySet().stream()
                .anyMatch(group -> !group.getKey().equals(id)
                        && name.equals(group.getValue().get("name")));
    }

    private static StandInReply.Answer invalid(String field) {
        var json = JsonNodeFactory.instance.objectNode().put("code", 300).put("message", "Validation Failed.");
        json.putArray("errors").addObject().put("field", field).put("message", "Invalid field.");
        return StandInReply.json(400, json);
    }
}
