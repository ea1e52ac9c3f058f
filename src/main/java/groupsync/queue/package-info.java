/** The queue of each group: the order of its updates, and the offsets that can be committed. It knows neither Camel nor Zoom. */
@NullMarked
package groupsync.queue;

import org.jspecify.annotations.NullMarked;
