/** How fast the service is, beside a plain consumer and Confluent's Parallel Consumer, each without and with the service's duties. */
@NullMarked
package groupsync.benchmark;

import org.jspecify.annotations.NullMarked;
