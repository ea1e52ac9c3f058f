# Changes of a table of groups, as Debezium's connectors write them in JSON, with or without Connect's schema and payload.
#
# Expects the columns zoom_id, name, type and description. All but zoom_id are optional: leave those that the table lacks.
# Change the object below for columns of other names. For other values than those of Zoom:
#   type: ({"public": "normal", "private": "restricted"}[.visibility])
#
# A create, a snapshot and an update are sent. A row without zoom_id has no group in Zoom, and is ignored. So are a delete, a
# truncation and a change of other columns.
#
# Without "before" in updates (PostgreSQL: REPLICA IDENTITY is not FULL) each update sends all mapped columns.

def update:
  if . == null then null
  else {groupId: .zoom_id, name: .name, type: .type, description: .description}
    | with_entries(select(.value != null))
  end;

(.payload // .)
| select(.op == "c" or .op == "r" or .op == "u")
| (.before | update) as $before
| (.after | update) as $after
| select($before != $after and ($after.groupId // $after.groupName // "") != "")
| $after
