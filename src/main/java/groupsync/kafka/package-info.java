/** Kafka: reads updates, commits offsets, publishes outcomes and dead letters, and watches the brokers. */
@NullMarked
package groupsync.kafka;

import org.jspecify.annotations.NullMarked;
