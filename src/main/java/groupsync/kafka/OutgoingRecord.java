package groupsync.kafka;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record to be published, with its headers as they are: of the same name several times, in their order, and
 * whatever their name, which headers of an exchange cannot be.
 *
 * @param value {@code null} in a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // identity is all that is asked of it
public record OutgoingRecord(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {}
