/** The events on the Kafka topics: updates, outcomes, and the reasons of a refusal. All other packages use these types. */
@NullMarked
package groupsync.event;

import org.jspecify.annotations.NullMarked;
