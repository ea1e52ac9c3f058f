package groupsync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ReceivedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever comes in: dead-lettered byte for byte, or applied exactly as written, and its neighbours are applied. */
class HostileInputTest {

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    /** @param where a part of the message that says what is wrong where */
    @SuppressWarnings("ArrayRecordComponent") // identity is all that is asked of it
    private record Bad(byte @Nullable [] value, String reason, String where) {
        Bad(String value, String reason, String where) {
            this(value.getBytes(UTF_8), reason, where);
        }
    }

    private static final List<Bad> BAD = List.of(
            new Bad((byte[]) null, "malformed-json", "tombstone"),
            new Bad("", "malformed-json", "empty"),
            new Bad(" \n\t", "malformed-json", "empty"),
            new Bad("{", "malformed-json", "line 1"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n\"", "malformed-json", "line 1"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n", "malformed-json", "line 1"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n\",}", "malformed-json", "line 1"),
            new Bad("{'groupId':'g','name':'n'}", "malformed-json", "line 1"),
            new Bad("{groupId:\"g\",\"name\":\"n\"}", "malformed-json", "line 1"),
            new Bad("<group id='g'/>", "malformed-json", "line 1"),
            new Bad("groupId=g&name=n", "malformed-json", "line 1"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n\"} trailing", "malformed-json", "line 1"),
            new Bad("[".repeat(100_000), "malformed-json", "depth"),
            new Bad("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000), "malformed-json", "depth"),
            new Bad("{\"groupId\":\"g\",\"name\":\"\u00e4\"}".getBytes(ISO_8859_1), "malformed-json", "UTF-8"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n\"}".getBytes(UTF_16), "malformed-json", "UTF-8"),
            new Bad("\ufeff{\"groupId\":\"g\",\"name\":\"n\"}", "malformed-json", "line 1"),
            new Bad("{\"groupId\":\"g\",\"name\":\"a\u0000b\"}", "malformed-json", "line 1"),
            new Bad("{\"groupId\":\"g\",\"name\":NaN}", "malformed-json", "line 1"),
            new Bad("null", "invalid-event", "/: null is not of type object"),
            new Bad("true", "invalid-event", "/: true is not of type object"),
            new Bad("42", "invalid-event", "/: 42 is not of type object"),
            new Bad("\"g\"", "invalid-event", "/: 'g' is not of type object"),
            new Bad("[]", "invalid-event", "/: [] is not of type object"),
            new Bad("[{\"groupId\":\"g\",\"name\":\"n\"}]", "invalid-event", "is not of type object"),
            new Bad("{}", "invalid-event", "/groupId: is missing"),
            new Bad("{\"groupId\":\"g\"}", "invalid-event", "/name: is missing"),
            new Bad("{\"name\":\"n\"}", "invalid-event", "/groupId: is missing"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n\"}{\"groupId\":\"h\",\"name\":\"n\"}", "invalid-event", "railing"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n\",\"name\":\"m\"}", "invalid-event", "uplicate"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n\",\"nmae\":\"m\"}", "invalid-event", "/nmae: is no field"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n\",\"Type\":\"normal\"}", "invalid-event", "/Type: is no field"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n\",\"id\":{\"a\":[1]}}", "invalid-event", "/id: is no field"),
            new Bad(
                    "{\"groupId\":\"g\",\"name\":\"n\",\"type\":\"secret\"}",
                    "invalid-event",
                    "/type: 'secret' is not one of normal, shared, restricted"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n\",\"type\":\"NORMAL\"}", "invalid-event", "/type: 'NORMAL'"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n\",\"type\":null}", "invalid-event", "/type: null is not"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n\",\"type\":1}", "invalid-event", "/type: 1 is not"),
            new Bad("{\"groupId\":1,\"name\":\"n\"}", "invalid-event", "/groupId: 1 is not of type string"),
            new Bad("{\"groupId\":\"g\",\"name\":1}", "invalid-event", "/name: 1 is not of type string"),
            new Bad("{\"groupId\":\"g\",\"name\":[\"n\"]}", "invalid-event", "/name: "),
            new Bad(
                    "{\"groupId\":\"g\",\"name\":\"n\",\"search_by_domain\":\"true\"}",
                    "invalid-event",
                    "/search_by_domain"),
            new Bad(
                    "{\"groupId\":\"g\",\"name\":\"n\",\"search_by_account\":1}",
                    "invalid-event",
                    "/search_by_account"),
            new Bad(
                    "{\"groupId\":\"g\",\"name\":\"n\",\"search_by_ma_account\":null}",
                    "invalid-event",
                    "/search_by_ma_account"),
            new Bad("{\"groupId\":\"g\",\"name\":\"n\",\"eventId\":7}", "invalid-event", "/eventId: 7"),
            new Bad("{\"groupId\":\"\",\"name\":\"n\"}", "invalid-event", "/groupId: "),
            new Bad("{\"groupId\":\".\",\"name\":\"n\"}", "invalid-event", "/groupId: '.'"),
            new Bad("{\"groupId\":\"..\",\"name\":\"n\"}", "invalid-event", "/groupId: '..'"),
            new Bad("{\"groupId\":\"a/b\",\"name\":\"n\"}", "invalid-event", "/groupId: 'a/b'"),
            new Bad("{\"groupId\":\"../admin\",\"name\":\"n\"}", "invalid-event", "/groupId: '../admin'"),
            new Bad("{\"groupId\":\"  \",\"name\":\"n\"}", "invalid-event", "/groupId: '  ' is blank"),
            new Bad("{\"groupId\":\"g\",\"name\":\"\\u3164\"}", "invalid-event", "is blank"),
            new Bad("{\"groupId\":\":groupId\",\"name\":\"n\"}", "invalid-event", "/groupId: ':groupId'"),
            new Bad("{\"groupId\":\"a\\r\\nX-Evil: 1\",\"name\":\"n\"}", "invalid-event", "/groupId: 'a\\r\\nX-Evil"),
            new Bad("{\"groupId\":\"a\\u0000\",\"name\":\"n\"}", "invalid-event", "/groupId: "),
            new Bad("{\"groupId\":\"" + "g".repeat(257) + "\",\"name\":\"n\"}", "invalid-event", "/groupId: 257"),
            new Bad("{\"groupId\":\"g\",\"name\":\"a\\r\\nb\"}", "invalid-event", "/name: 'a\\r\\nb'"),
            new Bad("{\"groupId\":\"g\",\"name\":\"a\\n\"}", "invalid-event", "/name: 'a\\n'"),
            new Bad("{\"groupId\":\"g\",\"name\":\"   \"}", "invalid-event", "/name: '   ' is blank"),
            new Bad("{\"groupId\":\"g\",\"name\":\"\u00a0\u2003\"}", "invalid-event", "is blank"),
            new Bad("{\"groupId\":\"g\",\"name\":\"" + "n".repeat(129) + "\"}", "invalid-event", "/name: 129"),
            new Bad("{\"groupId\":\"g\",\"name\":\"" + "n".repeat(500_000) + "\"}", "invalid-event", "/name: 500000"),
            new Bad("{\"groupId\":\"g\",\"name\":\"\\ud800\"}", "invalid-event", "/name: holds half"));

    @Test
    void eachBadRecordBecomesADeadLetterAsItCameAndItsNeighboursAreApplied() {
        var expected = new LinkedHashMap<String, Bad>();
        for (var i = 0; i < BAD.size(); i++) {
            groupSync.topics().send("key", ("{\"groupId\":\"good" + i + "\",\"name\":\"n\"}").getBytes(UTF_8));
            var where = groupSync.topics().send("key", BAD.get(i).value(), header("x-id", String.valueOf(i)));
            expected.put(where.toString(), BAD.get(i));
        }

        groupSync.start();

        var letters = groupSync.topics().deadLetters(BAD.size());
        assertThat(letters).hasSize(BAD.size());
        for (var letter : letters) {
            var bad = expected.remove(Topics.header(letter, "dead-letter-source-topic") + "-"
                    + Topics.header(letter, "dead-letter-source-partition") + "-"
                    + Topics.header(letter, "dead-letter-source-offset"));
            assertThat(letter.value()).isEqualTo(bad.value());
            assertThat(letter.key()).asString().isEqualTo("key");
            assertThat(letter.headers().toArray()[0].key()).isEqualTo("x-id");
            assertThat(Topics.header(letter, "dead-letter-message")).contains(bad.where());
            assertThat(Topics.header(letter, "dead-letter-reason"))
                    .as(bad.where())
                    .isEqualTo(bad.reason());
            assertThat(Topics.header(letter, "dead-letter-attempts")).isEqualTo("0");
        }
        assertThat(expected).isEmpty();
        assertThat(groupSync.topics().outcomes(2 * BAD.size())).hasSize(2 * BAD.size());
        assertThat(groupSync.zoom().requests())
                .hasSize(BAD.size())
                .allMatch(request -> request.groupId().startsWith("good") && request.status() == 204);
        await().until(() -> groupSync.topics().lag() == 0);
    }

    /** What is odd and yet allowed is applied exactly as it is written: nothing of it is expanded or decoded. */
    @Test
    void oddIdsAndNamesAreAppliedExactlyAsWritten() throws Exception {
        var odd = List.of(
                "{{zoom.client-secret}}",
                "${env:PATH}",
                "${properties:zoom.api-url}",
                "{{env:HOME}}",
                "#{7*7}",
                "..%2fadmin",
                "a?x=1#y",
                "a b+c%20d",
                "RAW(x)&httpMethod=DELETE",
                "a;jsessionid=1",
                "@evil.example",
                "quis officia in reprehenderit",
                "Müller 漢字 🎉",
                "say \"hi\" 'there' back",
                "--boundary--",
                "%2e%2e",
                "-_-_-_-_-_-_-_-_-_-_-_");
        for (var text : odd) {
            var update = Topics.JSON.createObjectNode().put("groupId", text).put("name", text);
            groupSync.topics().send("key", Topics.JSON.writeValueAsBytes(update));
        }

        groupSync.start();

        assertThat(groupSync.topics().outcomes(odd.size()))
                .hasSize(odd.size())
                .allMatch(outcome -> outcome.path("status").asText().equals("APPLIED"));
        assertThat(groupSync.zoom().requests())
                .extracting(ReceivedRequest::groupId)
                .containsExactlyInAnyOrderElementsOf(odd);
        assertThat(groupSync.zoom().requests()).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("PATCH");
            assertThat(request.path()).matches("/v2/im/groups/[^/?#;]+");
            assertThat(request.fields()).isEqualTo(Map.of("name", request.groupId()));
        });
    }

    @Test
    void headersOfARecordSteerNothing() {
        var headers = new ArrayList<Header>();
        List.of(
                        "Authorization",
                        "CamelHttpMethod",
                        "CamelHttpUri",
                        "CamelHttpPath",
                        "CamelHttpQuery",
                        "CamelBeanMethodName",
                        "CamelKafkaOverrideTopic",
                        "CamelKafkaKey",
                        "kafka.OVERRIDE_TOPIC",
                        "kafka.TOPIC",
                        "CamelKafkaOffset",
                        "Host",
                        "Content-Type",
                        "Transfer-Encoding",
                        "X-Evil",
                        "traceparent")
                .forEach(name -> headers.add(header(name, "DELETE")));
        headers.add(header("X-Evil", "twice"));
        headers.add(header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nX-Evil: 1"));
        headers.add(header("tracestate", "vendor=1\r\nX-Evil: 1"));
        headers.add(new RecordHeader("null", (byte[]) null));
        groupSync.zoom().unknown("gone");
        groupSync.start();

        groupSync
                .topics()
                .send("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}".getBytes(UTF_8), headers.toArray(Header[]::new));
        groupSync
                .topics()
                .send("gone", "{\"groupId\":\"gone\",\"name\":\"n\"}".getBytes(UTF_8), headers.toArray(Header[]::new));

        assertThat(groupSync.topics().outcomes(2)).hasSize(2);
        assertThat(groupSync.zoom().requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("PATCH");
            assertThat(request.path()).isIn("/v2/im/groups/g1", "/v2/im/groups/gone");
            assertThat(request.headers().get("Authorization"))
                    .singleElement()
                    .asString()
                    .startsWith("Bearer stand-in");
            assertThat(request.headers().get("Content-Type"))
                    .singleElement()
                    .asString()
                    .startsWith("multipart/form-data; boundary=");
            assertThat(request.headers().keySet().stream()
                            .map(String::toLowerCase)
                            .collect(Collectors.toSet()))
                    .doesNotContain("x-evil", "traceparent", "tracestate", "camelhttpmethod", "kafka.override_topic");
        });
        var letter = groupSync.topics().deadLetters(1).get(0);
        assertThat(List.of(letter.headers().toArray()).subList(0, headers.size()))
                .isEqualTo(headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
