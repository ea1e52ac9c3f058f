package groupsync.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.event.GroupUpdate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * IM groups, {@code /im/groups}: the
 * <a href="https://developers.zoom.us/docs/api/rest/reference/chat/methods/">older API</a>, of the rate-limit label Light.
 *
 * @param form of the body
 */
public record ImGroups(GroupForm form) implements GroupsApi {

    private static final Set<String> FIELDS =
            Set.of("name", "type", "search_by_domain", "search_by_account", "search_by_ma_account");

    @Override
    public String groups() {
        return "IM groups";
    }

    @Override
    public String path() {
        return "im/groups";
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public boolean needsName() {
        return true;
    }

    @Override
    public int requestsPerSecond() {
        return 30;
    }

    @Override
    public HttpEntity body(GroupUpdate update, Supplier<String> boundaries) {
        return form.of(update, boundaries);
    }

    @Override
    public Optional<Verdict> verdict(int code, String message) {
        return switch (code) {
            case 4130 -> Optional.of(Verdict.GROUP_NOT_FOUND);
            case 4137 -> Optional.of(Verdict.API_GONE);
            case 300, 400 ->
                Optional.of(Verdict.MISSING_NAME).filter(verdict -> message.startsWith("Missing field: name"));
            default -> Optional.empty();
        };
    }

    @Override
    public String remedy(Verdict verdict) {
        return switch (verdict) {
            case SCOPE_MISSING ->
                "add the scope imgroup:write:admin (granular: contact_group:update:group:admin) to the app";
            case LIST_SCOPE_MISSING -> "add the scope " + listScope() + " to the app, or set events.group-names=false";
            case ENCODING_REFUSED -> "set zoom.request-format to the other one of multipart, json";
            default -> verdict.remedy();
        };
    }

    @Override
    public String readScope() {
        return "imgroup:read:admin (granular: contact_group:read:group:admin)";
    }

    @Override
    public Map<String, Object> settings(JsonNode group) {
        var settings = new HashMap<String, Object>();
        for (var field : FIELDS) {
            var value = group.path(field);
            if (field.startsWith("search_by_") && value.isBoolean()) {
                settings.put(field, value.booleanValue());
            } else if (!field.startsWith("search_by_") && value.isTextual()) {
                settings.put(field, value.textValue());
            }
        }
        return settings;
    }

    @Override
    public String listScope() {
        return "imgroup:read:admin (granular: contact_group:read:list_groups:admin)";
    }

    /** The list has no pages. */
    @Override
    public @Nullable String listQuery(@Nullable String token) {
        return null;
    }

    @Override
    public GroupPage page(JsonNode json) {
        var groups = json.path("groups");
        var total = json.path("total_records").asLong();
        // Otherwise a group that is not in it would be refused as if there were none.
        var problem = total > groups.size()
                ? "only " + groups.size() + " of " + total + " groups are listed, and this API knows no further pages"
                : null;
        return new GroupPage(GroupPage.names(groups, "id", "name"), null, problem);
    }
}
