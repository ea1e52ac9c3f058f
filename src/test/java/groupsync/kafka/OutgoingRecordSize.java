package groupsync.kafka;

import java.util.stream.Stream;

/** The bytes of a record without its frame. */
final class OutgoingRecordSize {

    private OutgoingRecordSize() {}

    static int of(OutgoingRecord outgoing) {
        var headers = outgoing.headers().stream()
                .mapToInt(header -> header.key().length() + (header.value() == null ? 0 : header.value().length))
                .sum();
        return headers
                + Stream.of(outgoing.key(), outgoing.value())
                        .mapToInt(bytes -> bytes == null ? 0 : bytes.length)
                        .sum();
    }
}
