/** The dead-letter tool: lists, shows, counts and replays dead letters. */
@NullMarked
package groupsync.deadletters;

import org.jspecify.annotations.NullMarked;
