# CloudEvents in structured mode (the event around data) or binary mode (data alone), with the changed object in data.object.
#
# Expects the fields zoom_id, name, type and description of the object. An event whose object has no zoom_id is ignored. The
# id of the CloudEvent becomes the id of the event.

{id: .id, object: ((.data // .).object)}
| select(.object.zoom_id != null)
| {
    eventId: .id,
    groupId: .object.zoom_id,
    name: .object.name,
    type: .object.type,
    description: .object.description
  }
| with_entries(select(.value != null))
