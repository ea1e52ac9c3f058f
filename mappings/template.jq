# A template: the input is the value of a record, the output a group update. See docs/mapping.md.
#
# $key        the record's key: as JSON if it is JSON, else a text; null without a key
# $headers    the record's headers, as texts
# $topic      the updates topic
# $timestamp  of the record, in milliseconds
#
# No output (empty, select) means: this record is no update of a group.

select(.kind == "group")
| {
    eventId: .change_id,              # optional
    groupId: .zoom_id,                # or groupName: .old_name, with events.group-names=true
    name: .title,
    type: {open: "shared", closed: "restricted"}[.visibility]
  }
| with_entries(select(.value != null))  # what is absent stays as it is in Zoom
