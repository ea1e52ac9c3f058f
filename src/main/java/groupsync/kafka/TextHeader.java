package groupsync.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** A header of a record whose value is text, which Kafka leaves to its users to agree upon: UTF-8. */
final class TextHeader {

    private TextHeader() {}

    static Header of(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
