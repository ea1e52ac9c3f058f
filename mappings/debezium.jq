# Changes of a table of groups, as Debezium's connectors write them in JSON, with or without Connect's schema and payload.
#
# Expects the columns zoom_id, name, type and description; all but zoom_id are optional. Change the object below for others.
# Sends what a create, a snapshot or an update changed. A delete, a truncation and a change of other columns are ignored.
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
| select($before != $after)
| $after
