package groupsync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Set;

/** Zoom's API of IM groups. */
final class ImGroups implements GroupFamily {

    static final String PATH = "/v2/im/groups";

    private static final int LONGEST_NAME = 128;
    private static final Set<String> TYPES = Set.of("normal", "shared", "restricted");
    private static final List<String> FLAGS = List.of("search_by_domain", "search_by_account", "search_by_ma_account");

    /** The content types that a PATCH may have. */
    volatile Set<String> encodings = Set.of("multipart/form-data", "application/json");

    /** Whether the account has contact groups instead. */
    volatile boolean moved;

    private final StoredGroups groups = new StoredGroups();

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
        return isList(request) ? RateLabel.MEDIUM : RateLabel.LIGHT;
    }

    @Override
    public StandInReply.Answer answer(ReceivedRequest request) {
        if (moved) {
            return StandInReply.zoom(410, 4137, "The IM Group APIs are no longer available.");
        }
        var id = request.groupId();
        if (isList(request)) {
            return list();
        }
        if (!groups.exists(id)) {
            return StandInReply.zoom(404, 4130, "Group does not exist:" + id + ".");
        }
        return switch (request.method()) {
            case "GET" -> StandInReply.json(200, json(id));
            case "PATCH" -> patch(request);
            default -> StandInReply.zoom(405, 405, "Method not allowed.");
        };
    }

    private StandInReply.Answer list() {
        var ids = groups.ids();
        var list = JsonNodeFactory.instance.objectNode().put("total_records", ids.size());
        var array = list.putArray("groups");
        ids.forEach(id -> array.add(json(id)));
        return StandInReply.json(200, list);
    }

    private JsonNode json(String id) {
        var settings = groups.settings(id);
        var group = JsonNodeFactory.instance.objectNode().put("id", id);
        group.put("name", settings.getOrDefault("name", id)).put("total_members", 0);
        FLAGS.forEach(flag -> group.put(flag, Boolean.parseBoolean(settings.get(flag))));
        return group.put("type", settings.getOrDefault("type", "normal"));
    }

    private StandInReply.Answer patch(ReceivedRequest request) {
        if (encodings.stream().noneMatch(request.contentType()::startsWith)) {
            return StandInReply.zoom(415, 300, "Unsupported Content Type");
        }
        var fields = request.fields();
        var name = fields.get("name");
        if (name == null) {
            return StandInReply.zoom(300, 300, "Missing field: name");
        }
        if (name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            return StandInReply.invalid("name");
        }
        if (!TYPES.contains(fields.getOrDefault("type", "normal"))) {
            return StandInReply.invalid("type");
        }
        for (var flag : FLAGS) {
            if (!Set.of("true", "false").contains(fields.getOrDefault(flag, "true"))) {
                return StandInReply.invalid(flag);
            }
        }
        if (groups.isTaken(name, request.groupId())) {
            return StandInReply.zoom(409, 4132, "Group name " + name + " is already in use.");
        }
        groups.change(request.groupId(), fields);
        return StandInReply.status(204);
    }
}
