package groupsync.event;

import static groupsync.event.Reason.INVALID_EVENT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import java.util.Locale;
import java.util.Objects;

/**
 * A CloudEvent in structured mode, whose {@code data} is the group update
 * (<a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 * Protocol Binding for CloudEvents</a>). In binary mode, the value of the record is the group update.
 */
record StructuredCloudEvent(CloudEvent event) {

    private static final String CONTENT_TYPE = "application/cloudevents+json";
    private static final String ANY_CONTENT_TYPE = "application/cloudevents";
    private static final JsonFormat FORMAT = new JsonFormat();

    /** Whether a record is in structured mode, or in a mode that is not supported. */
    static boolean isIn(SourceRecord source) {
        return contentType(source).startsWith(ANY_CONTENT_TYPE);
    }

    /** @param json the value of the record */
    static StructuredCloudEvent of(SourceRecord source, JsonNode json) throws InvalidGroupUpdateException {
        var contentType = contentType(source);
        if (!contentType.split(";", 2)[0].strip().equals(CONTENT_TYPE)) {
            throw new InvalidGroupUpdateException(
                    INVALID_EVENT, "content-type '" + contentType + "' is not supported; use " + CONTENT_TYPE);
        }
        if (!json.isObject()) {
            throw new InvalidGroupUpdateException(INVALID_EVENT, "not a valid CloudEvent: not an object");
        }
        try {
            return new StructuredCloudEvent(FORMAT.deserialize(Objects.requireNonNull(source.value())));
        } catch (CloudEventRWException | EventDeserializationException | IllegalStateException e) {
            var why =
                    e.getCause() instanceof JsonProcessingException cause ? StrictJson.describe(cause) : e.getMessage();
            throw new InvalidGroupUpdateException(INVALID_EVENT, "not a valid CloudEvent: " + why);
        }
    }

    private static String contentType(SourceRecord source) {
        return source.header("content-type").orElse("").strip().toLowerCase(Locale.ROOT);
    }

    JsonNode data() throws InvalidGroupUpdateException {
        if (event.getData() == null) {
            throw new InvalidGroupUpdateException(INVALID_EVENT, "the CloudEvent has no data");
        }
        return StrictJson.parse(event.getData().toBytes());
    }
}
