-- A table of groups, as an HR system may keep it.
CREATE TABLE hr_group (
  id          integer PRIMARY KEY,
  -- The id of the group in Zoom, which the command groups list prints; empty if there is no group.
  zoom_id     text UNIQUE,
  name        text NOT NULL,
  type        text NOT NULL DEFAULT 'normal' CHECK (type IN ('normal', 'shared', 'restricted')),
  -- Not sent to Zoom.
  cost_center text
);

-- A change then has the row as it was, so that a change of cost_center alone is told from the others.
ALTER TABLE hr_group REPLICA IDENTITY FULL;

CREATE PUBLICATION hr FOR TABLE hr_group;

INSERT INTO hr_group (id, zoom_id, name, type, cost_center) VALUES
  (1, 'SobVexyrQjqCkcxjpBWi6w', 'Sales', 'normal', '4711'),
  (2, '7-PqjfBcTW2M9fFzRk_h3Q', 'Finance', 'restricted', '4712');
