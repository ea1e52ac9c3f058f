# Admin events of Keycloak 26, as its listeners for Kafka write them: the update of a group. See docs/mapping.md.
#
# Expects the attributes zoom_id and, if wanted, zoom_type and zoom_description on the group. Groups without zoom_id, moves
# of groups, and all other events are ignored. The id of the admin event becomes the id of the event.
#
# An update is refused, and not ignored, where it cannot be known whether its group has a zoom_id: where the event has no
# representation (the group as JSON), or where the client that updated the group sent no attributes.

def first_of: if type == "array" then .[0] else . end;

select(.resourceType == "GROUP" and .operationType == "UPDATE" and .error == null)
# A move is an update of "groups" or "groups/ID/children", and Keycloak does not apply the name in it.
| select(.resourcePath | split("/") | length == 2)
| . as $event
| if .representation == null
  then error("\(.resourcePath): the event has no representation, which Keycloak's setting Include representation adds")
  else .representation end
| if type == "string" then fromjson else . end
| if .attributes == null
  then error("\($event.resourcePath): the update has no attributes, so its group of Zoom is unknown")
  else . end
| select(.attributes.zoom_id | first_of != null)
| {
    eventId: $event.id,
    groupId: (.attributes.zoom_id | first_of),
    name: .name,
    type: (.attributes.zoom_type | first_of),
    description: (.attributes.zoom_description | first_of)
  }
| with_entries(select(.value != null))
