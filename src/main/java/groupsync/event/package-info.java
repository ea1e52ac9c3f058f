/** The events on the Kafka topics: updates, outcomes, and why an update is refused. All other packages use these types. */
@NullMarked
package groupsync.event;

import org.jspecify.annotations.NullMarked;
