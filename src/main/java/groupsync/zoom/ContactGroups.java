package groupsync.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.event.GroupUpdate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.net.PercentCodec;
import org.jspecify.annotations.Nullable;

/**
 * Contact groups, {@code /contacts/groups}: the
 * <a href="https://developers.zoom.us/docs/api/users/#tag/contact-groups">successor</a> of the IM groups, of the rate-limit
 * label Heavy.
 */
public record ContactGroups() implements GroupsApi {

    private static final Set<String> FIELDS = Set.of("name", "type", "description");
    /** The same definitions as those of the IM groups, with numbers. */
    private static final Map<Object, Integer> PRIVACY = Map.of("shared", 1, "normal", 2, "restricted", 3);

    /** Zoom's replies have other names than its requests. */
    private static final Map<String, String> READ_NAMES = Map.of("name", "group_name", "description", "description");

    private static final int LARGEST_PAGE = 50;
    /** Zoom added it to the names of the groups that it migrated. */
    private static final String MIGRATED = " (Originally IM Group)";

    @Override
    public String groups() {
        return "contact groups";
    }

    @Override
    public String path() {
        return "contacts/groups";
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public boolean needsName() {
        return false;
    }

    @Override
    public int requestsPerSecond() {
        return 10;
    }

    /** JSON only: Zoom documents no other form. */
    @Override
    public HttpEntity body(GroupUpdate update, Supplier<String> boundaries) {
        var fields = new LinkedHashMap<String, Object>();
        update.fields().forEach((field, value) -> {
            if (field.equals("type")) {
                fields.put("privacy", Objects.requireNonNull(PRIVACY.get(value)));
            } else {
                fields.put(field, value);
            }
        });
        return GroupForm.json(fields);
    }

    /** Zoom's general code for a wrong request is also that of an unknown group: the words differ. */
    @Override
    public Optional<Verdict> verdict(int code, String message) {
        return Optional.of(Verdict.GROUP_NOT_FOUND)
                .filter(verdict -> code == 300
                        && message.contains("does not exist")
                        // What follows may quote the event.
                        && !message.startsWith("Validation Failed"));
    }

    @Override
    public String remedy(Verdict verdict) {
        return switch (verdict) {
            case SCOPE_MISSING -> "add the scope contact_group:write:admin to the app";
            case LIST_SCOPE_MISSING -> "add the scope " + listScope() + " to the app, or set events.group-names=false";
            case ENCODING_REFUSED -> "check any proxy on the way to zoom.api-url: the body of each request is JSON";
            case API_GONE -> "look in Zoom's changelog for the successor of its contact groups";
            default -> verdict.remedy();
        };
    }

    /** As Zoom documents it: the scope for a change is also that for reading one group. */
    @Override
    public String readScope() {
        return "contact_group:write:admin";
    }

    @Override
    public Map<String, Object> settings(JsonNode group) {
        var settings = new HashMap<String, Object>();
        READ_NAMES.forEach((field, readName) -> {
            if (group.path(readName).isTextual()) {
                settings.put(field, group.path(readName).textValue());
            }
        });
        PRIVACY.forEach((type, privacy) -> {
            if (group.path("group_privacy").isInt()
                    && group.path("group_privacy").intValue() == privacy) {
                settings.put("type", type);
            }
        });
        return settings;
    }

    @Override
    public String listScope() {
        return "contact_group:read:admin (granular: contact_group:read:list_groups:admin)";
    }

    @Override
    public String listQuery(@Nullable String token) {
        return "page_size=" + LARGEST_PAGE
                + (token == null ? "" : "&next_page_token=" + PercentCodec.RFC3986.encode(token));
    }

    @Override
    public GroupPage page(JsonNode json) {
        var next = json.path("next_page_token").asText();
        return new GroupPage(
                GroupPage.names(json.path("groups"), "group_id", "group_name"), next.isEmpty() ? null : next, null);
    }

    @Override
    public Optional<String> otherName(String name) {
        return Optional.of(name + MIGRATED);
    }
}
