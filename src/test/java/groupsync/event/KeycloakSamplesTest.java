package groupsync.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.events.Event;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.util.JsonSerialization;

/**
 * The samples of {@code keycloak.jq} are what Keycloak's own types and serializers write. The order of the fields is left open: it
 * is that of the getters, which differs between two starts of the JVM.
 */
class KeycloakSamplesTest {

    /** That of the listeners for Kafka: SnuK87/keycloak-kafka and dann41/keycloak-kafka-event-listener. */
    private static final ObjectMapper LISTENER = new ObjectMapper();

    /** Fields such as {@code resourceId} are made of others. */
    private static final JsonMapper READER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final String UPDATE = "the update of a group";

    private record Sample(JsonNode json) {

        JsonNode value() {
            return json.path("value");
        }

        AdminEvent adminEvent() throws IOException {
            return READER.treeToValue(value(), AdminEvent.class);
        }

        @Override
        public String toString() {
            return json.path("sample").asText();
        }
    }

    private static Stream<Sample> samples() throws IOException {
        return READER.readTree(
                        Path.of("src/test/resources/mappings/keycloak.json").toFile())
                .valueStream()
                .map(Sample::new);
    }

    private static Stream<Sample> groups() throws IOException {
        return samples()
                .filter(sample -> sample.value().path("resourceType").asText().equals("GROUP")
                        && sample.value().hasNonNull("representation"));
    }

    private static Sample sample(String name) throws IOException {
        return samples()
                .filter(sample -> sample.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static MappedRecord mapped(byte[] value) throws IOException {
        return EventMapping.in(Path.of("mappings/keycloak.jq")).map(Events.source(null, value));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachIsWhatAListenerWrites(Sample sample) throws IOException {
        var event = sample.value().has("operationType")
                ? sample.adminEvent()
                : READER.treeToValue(sample.value(), Event.class);

        assertThat(READER.readTree(LISTENER.writeValueAsString(event))).isEqualTo(sample.value());
    }

    @ParameterizedTest
    @MethodSource("groups")
    void theGroupInItIsWhatKeycloakWrites(Sample sample) throws IOException {
        var written = sample.adminEvent().getRepresentation();

        var group = JsonSerialization.readValue(written, GroupRepresentation.class);

        assertThat(READER.readTree(JsonSerialization.writeValueAsString(group))).isEqualTo(READER.readTree(written));
    }

    @Test
    void anEventMadeByHandBecomesTheSameUpdate() throws IOException {
        var group = new GroupRepresentation();
        group.setName("Finance EMEA");
        group.setAttributes(Map.of("zoom_id", List.of("SobVexyrQjqCkcxjpBWi6w"), "zoom_type", List.of("restricted")));
        var event = new AdminEvent();
        event.setId(sample(UPDATE).adminEvent().getId());
        event.setResourceType(ResourceType.GROUP);
        event.setOperationType(OperationType.UPDATE);
        event.setResourcePath("groups/3c2dd8d1-9a03-43aa-92f9-80e22f3fe214");
        event.setRepresentation(JsonSerialization.writeValueAsString(group));

        var mapped = (MappedRecord.Changed) mapped(LISTENER.writeValueAsBytes(event));

        assertThat(mapped.json()).isEqualTo(sample(UPDATE).json().path("becomes"));
    }

    /** Keycloak's REST resource admin-events. */
    @Test
    void theRestRepresentationBecomesTheSameUpdate() throws IOException {
        var event = ModelToRepresentation.toRepresentation(sample(UPDATE).adminEvent());

        var mapped = (MappedRecord.Changed) mapped(JsonSerialization.writeValueAsBytes(event));

        assertThat(mapped.json()).isEqualTo(sample(UPDATE).json().path("becomes"));
    }
}
