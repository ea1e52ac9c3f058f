package groupsync.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.GroupSyncFixture;
import groupsync.event.Events;
import groupsync.event.GroupUpdate;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.GroupUpdateReader;
import groupsync.event.GroupUpdateSchema;
import groupsync.event.Outcome;
import groupsync.event.Reason;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The records of the topics are as docs/asyncapi.yaml and the JSON Schemas describe them. */
class AsyncApiTest {

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    /** An example of a message, with the message's name. */
    record Example(String message, JsonNode example) {
        @Override
        public String toString() {
            return message + " " + example.path("name").asText();
        }
    }

    static Stream<Example> examples() {
        return AsyncApi.DOCUMENT.at("/components/messages").properties().stream()
                .flatMap(message -> message.getValue()
                        .path("examples")
                        .valueStream()
                        .map(example -> new Example(message.getKey(), example)));
    }

    static Stream<Example> updates() {
        return examples().filter(example -> example.message().startsWith("groupUpdate"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachExampleIsValidByItsSchema(Example example) {
        assertThat(Stream.of("headers", "payload")
                        .filter(example.example()::has)
                        .flatMap(part ->
                                AsyncApi.violations(
                                        example.message(),
                                        part,
                                        example.example().path(part))
                                        .stream()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("updates")
    void eachExampleOfAnUpdateIsAnUpdate(Example example) {
        var headers = example.example().path("headers").properties().stream()
                .flatMap(header -> Stream.of(header.getKey(), header.getValue().textValue()))
                .toArray(String[]::new);
        var source = Events.unmapped(example.example().path("payload").toString(), headers);

        var event = new GroupUpdateReader(new GroupUpdateSchema(true, true)).read(source);

        assertThat(event).isNotInstanceOf(GroupUpdateEvent.Invalid.class);
        assertThat(event.eventId()).startsWith("hr-");
    }

    @Test
    void eachMessageHasAnExample() {
        assertThat(AsyncApi.DOCUMENT.at("/components/messages").fieldNames())
                .toIterable()
                .isSubsetOf(examples().map(Example::message).toList());
    }

    @Test
    void namesAllFieldsStatusesAndReasons() {
        var outcome = schema("outcome").path("properties");
        var types = Arrays.stream(Outcome.Status.values()).map(Outcome.Status::eventType);

        assertThat(outcome.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(Arrays.stream(Outcome.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
        assertThat(texts(outcome.path("status").path("enum"))).isEqualTo(names(Outcome.Status.values()));
        assertThat(texts(outcome.path("reason").path("enum"))).isEqualTo(names(Reason.values()));
        assertThat(texts(header("outcome", "ce_type").path("enum"))).isEqualTo(types.toList());
        assertThat(texts(header("deadLetter", "dead-letter-reason").path("enum")))
                .isEqualTo(names(Reason.values()));
        var update = schema("group-update").path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .filter(field -> !List.of("eventId", "groupId", "groupName").contains(field));
        assertThat(update).containsExactlyElementsOf(GroupUpdate.FIELDS);
    }

    private static JsonNode header(String message, String name) {
        return AsyncApi.message(message).at("/headers/properties/" + name);
    }

    private static JsonNode schema(String name) {
        return ProjectFile.yaml("src/main/resources/schema/" + name + ".schema.json");
    }

    private static List<String> texts(JsonNode values) {
        return values.valueStream().map(JsonNode::asText).toList();
    }

    private static List<String> names(Enum<?>... values) {
        return Arrays.stream(values).map(Object::toString).toList();
    }

    @ParameterizedTest
    @CsvSource({"updates, topics.updates", "outcomes, topics.outcomes", "deadLetters, topics.dead-letters"})
    void namesTheTopicsByTheirDefaults(String channel, String key) {
        assertThat(AsyncApi.DOCUMENT.at("/channels/" + channel + "/address").asText())
                .isEqualTo(ProjectFile.settings().getProperty(key));
    }

    @Test
    void describesTheRecordsOfEventsThatNameTheirGroup() {
        groupSync.zoom().group("g1", "one");
        send("one", "{\"groupName\":\"one\",\"name\":\"uno\"}");
        send("two", "{\"groupName\":\"two\",\"name\":\"due\"}");

        groupSync.with("events.group-names", "true").start();

        assertThat(groupSync.topics().outcomes(2))
                .allMatch(outcome -> outcome.has("groupName"))
                .anyMatch(outcome -> !outcome.has("groupId"));
        assertThat(groupSync.topics().deadLetters(1)).hasSize(1);
    }

    /** Each other test that reads outcomes or dead letters checks the same: see Topics. */
    @Test
    void describesTheRecordsOfTheService() {
        groupSync.zoom().unknown("g9");
        var trace = Events.header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        var replays = Events.header("dead-letter-replays", "1");
        send("g1", "{\"eventId\":\"hr-1\",\"groupId\":\"g1\",\"name\":\"one\"}", trace);
        send("g1", "{\"groupId\":\"g1\",\"name\":\"two\"}");
        send("g1", "{\"groupId\":\"g1\",\"name\":\"three\",\"typ\":\"normal\"}", trace, replays);
        send("g9", "{\"groupId\":\"g9\",\"name\":\"nine\"}");
        send(null, "{");
        groupSync.topics().send(null, null);

        groupSync.with("updates.merge", "true").start();

        assertThat(groupSync.topics().outcomes(6))
                .hasSize(6)
                .anyMatch(outcome -> outcome.has("mergedInto"))
                .anyMatch(outcome -> !outcome.has("groupId"));
        assertThat(groupSync.topics().deadLetters(4)).hasSize(4);
    }

    private void send(@Nullable String key, String value, Header... headers) {
        groupSync.topics().send(key, value.getBytes(UTF_8), headers);
    }
}
