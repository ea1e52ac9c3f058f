package groupsync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.sandbox.ReceivedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An odd record becomes a dead letter byte for byte, or is applied exactly as written; its neighbours are applied. */
class HostileInputTest extends ShippedRoutes {

    /** @param where a part of the message that names the wrong place */
    @SuppressWarnings("ArrayRecordComponent") // is not compared
    private record Bad(String reason, String where, byte @Nullable [] value) {}

    /** A few of each kind: MalformedJsonTest and InvalidUpdateTest have the others. */
    private static final String BAD_TEXTS = """
            malformed-json | line 1 | {
            malformed-json | line 1 | {'groupId':'g','name':'n'}
            malformed-json | line 1 | <group id='g'/>
            malformed-json | line 1 | groupId=g&name=n
            malformed-json | line 1 | \ufeff{"groupId":"g","name":"n"}
            malformed-json | line 1 | {"groupId":"g","name":"a\u0000b"}
            invalid-event  | /: null is not of type object | null
            invalid-event  | /: [] is not of type object | []
            invalid-event  | /groupId: is missing | {"name":"n"}
            invalid-event  | railing | {"groupId":"g","name":"n"}{"groupId":"h","name":"n"}
            invalid-event  | uplicate | {"groupId":"g","name":"n","name":"m"}
            invalid-event  | /nmae: is no field | {"groupId":"g","name":"n","nmae":"m"}
            invalid-event  | /type: 'secret' is not one of normal, shared, restricted | {"groupId":"g","name":"n","type":"secret"}
            invalid-event  | /type: null is not | {"groupId":"g","name":"n","type":null}
            invalid-event  | /groupId: 1 is not of type string | {"groupId":1,"name":"n"}
            invalid-event  | /search_by_ma_account | {"groupId":"g","name":"n","search_by_ma_account":null}
            invalid-event  | /groupId: '..' | {"groupId":"..","name":"n"}
            invalid-event  | /groupId: '../admin' | {"groupId":"../admin","name":"n"}
            invalid-event  | /groupId: ':groupId' | {"groupId":":groupId","name":"n"}
            invalid-event  | /groupId: 'a\\r\\nX-Evil | {"groupId":"a\\r\\nX-Evil: 1","name":"n"}
            invalid-event  | /name: 'a\\r\\nb' | {"groupId":"g","name":"a\\r\\nb"}
            invalid-event  | is blank | {"groupId":"g","name":"\u00a0\u2003"}
            invalid-event  | /name: holds half | {"groupId":"g","name":"\\ud800"}""";

    private static List<Bad> bad() {
        var latin1 = "{\"groupId\":\"g\",\"name\":\"\u00e4\"}".getBytes(ISO_8859_1);
        var longName = "{\"groupId\":\"g\",\"name\":\"" + "n".repeat(500_000) + "\"}";
        var bad = Stream.of(
                new Bad("malformed-json", "tombstone", null),
                bad("malformed-json", "empty", " \n\t"),
                bad("malformed-json", "depth", "[".repeat(100_000)),
                new Bad("malformed-json", "UTF-8", latin1),
                bad("invalid-event", "/name: 500000", longName));
        var texts = BAD_TEXTS.lines().map(line -> line.split(" *\\| ", 3)).map(row -> bad(row[0], row[1], row[2]));
        return Stream.concat(bad, texts).toList();
    }

    private static Bad bad(String reason, String where, String value) {
        return new Bad(reason, where, value.getBytes(UTF_8));
    }

    @Test
    void eachBadRecordBecomesADeadLetterAsItCameAndItsNeighboursAreApplied() {
        var all = bad();
        var expected = new HashMap<String, Bad>();
        for (var i = 0; i < all.size(); i++) {
            topics.send("key", ("{\"groupId\":\"good" + i + "\",\"name\":\"n\"}").getBytes(UTF_8));
            var where = topics.send("key", all.get(i).value(), header("x-id", String.valueOf(i)));
            expected.put(where.toString(), all.get(i));
        }

        groupSync.start();

        var letters = topics.deadLetters(all.size());
        assertThat(letters).hasSize(all.size());
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
        assertThat(topics.outcomes(2 * all.size())).hasSize(2 * all.size());
        assertThat(zoom.requests())
                .hasSize(all.size())
                .allMatch(request -> request.groupId().startsWith("good") && request.status() == 204);
        groupSync.isDone();
    }

    /** Nothing in an id or a name is expanded or decoded. */
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
            topics.send("key", Topics.JSON.writeValueAsBytes(update));
        }

        groupSync.start();

        groupSync.allAreApplied(odd.size());
        assertThat(zoom.requests()).extracting(ReceivedRequest::groupId).containsExactlyInAnyOrderElementsOf(odd);
        assertThat(zoom.requests()).allSatisfy(request -> {
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
        zoom.unknown("gone");
        groupSync.start();

        topics.send("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}".getBytes(UTF_8), headers.toArray(Header[]::new));
        topics.send("gone", "{\"groupId\":\"gone\",\"name\":\"n\"}".getBytes(UTF_8), headers.toArray(Header[]::new));

        assertThat(topics.outcomes(2)).hasSize(2);
        assertThat(zoom.requests()).hasSize(2).allSatisfy(request -> {
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
        var letter = topics.deadLetter();
        assertThat(List.of(letter.headers().toArray()).subList(0, headers.size()))
                .isEqualTo(headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
