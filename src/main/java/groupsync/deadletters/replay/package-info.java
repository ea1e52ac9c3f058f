/** Replay: publishes the event of a dead letter again. */
@NullMarked
package groupsync.deadletters.replay;

import org.jspecify.annotations.NullMarked;
