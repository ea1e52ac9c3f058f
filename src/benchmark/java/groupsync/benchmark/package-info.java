/** How fast the service is, beside a plain consumer and Confluent's Parallel Consumer. */
@NullMarked
package groupsync.benchmark;

import org.jspecify.annotations.NullMarked;
