/** Kafka: reads updates, commits offsets, publishes outcomes and dead letters, and checks the brokers. */
@NullMarked
package groupsync.kafka;

import org.jspecify.annotations.NullMarked;
