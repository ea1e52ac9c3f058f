/** What the service counts and measures of itself; {@code docs/metrics.md} says what each metric means. */
@NullMarked
package groupsync.metrics;

import org.jspecify.annotations.NullMarked;
