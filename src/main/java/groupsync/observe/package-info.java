/** Health, metrics and a page of the service, under /observe; docs/metrics.md lists the metrics. */
@NullMarked
package groupsync.observe;

import org.jspecify.annotations.NullMarked;
