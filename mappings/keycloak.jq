# Admin events of Keycloak: the update of a group, whose representation is a JSON text.
#
# Expects the attributes zoom_id and, if wanted, zoom_type and zoom_description on the group. A group without zoom_id, and
# all other events, are ignored.

def first_of: if type == "array" then .[0] else . end;

select(.resourceType == "GROUP" and .operationType == "UPDATE" and .error == null)
| (.representation // "null" | if type == "string" then fromjson else . end)
| select(type == "object" and .attributes.zoom_id != null)
| {
    groupId: (.attributes.zoom_id | first_of),
    name: .name,
    type: (.attributes.zoom_type | first_of),
    description: (.attributes.zoom_description | first_of)
  }
| with_entries(select(.value != null))
