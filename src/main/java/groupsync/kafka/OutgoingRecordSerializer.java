package groupsync.kafka;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes an {@link OutgoingRecord}: its value as it is, and its headers beside it. */
public final class OutgoingRecordSerializer implements Serializer<OutgoingRecord> {

    @Override
    public byte @Nullable [] serialize(String topic, OutgoingRecord data) {
        throw new UnsupportedOperationException("a record has headers");
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, OutgoingRecord data) {
        data.headers().forEach(headers::add);
        return data.value();
    }
}
