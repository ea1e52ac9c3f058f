/** The dead-letter topic: its letters, and the notes about replays. */
@NullMarked
package groupsync.deadletters.topic;

import org.jspecify.annotations.NullMarked;
