/** The dead-letter tool: lists, shows, counts and replays what was refused. */
@NullMarked
package groupsync.deadletters;

import org.jspecify.annotations.NullMarked;
