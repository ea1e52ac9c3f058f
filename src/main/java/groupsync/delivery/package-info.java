/** Delivery of an update to Zoom: throttle, retry, circuit breaker, and what happens after each reply. */
@NullMarked
package groupsync.delivery;

import org.jspecify.annotations.NullMarked;
