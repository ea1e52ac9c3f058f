package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The document that the service implements shows the call in four ways: Zoom's contract, a Postman item, a curl
 * command and an AutoIt sample. The service does the same, or better.
 */
class SeedTest extends ShippedRoutes {

    private final JsonNode postman = postmanItem();
    private final String groupId = postman.at("/request/url/variable/0/value").textValue();

    private static JsonNode postmanItem() {
        try (var item = SeedTest.class.getResourceAsStream("/seed/postman-item.json")) {
            return Topics.JSON.readTree(Objects.requireNonNull(item));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The Postman item's form as an event: the group from the path, the rest from the parts. */
    private byte[] event() throws IOException {
        var event = Topics.JSON.createObjectNode().put("groupId", groupId);
        for (var part : postman.at("/request/body/formdata")) {
            var name = part.path("key").textValue();
            var value = part.path("value").textValue();
            event.putPOJO(name, name.startsWith("search_by") ? (Object) Boolean.valueOf(value) : value);
        }
        return Topics.JSON.writeValueAsBytes(event);
    }

    @Test
    void sendsTheRequestOfZoomsContract() throws IOException {
        groupSync.start();

        topics.send(groupId, event());

        assertThat(topics.outcomes(1)).hasSize(1);
        var request = zoom.requests().get(0);
        assertThat(request.method()).isEqualTo("PATCH");
        assertThat(request.path()).isEqualTo("/v2/im/groups/quis%20officia%20in%20reprehenderit");
        assertThat(request.headers().get("Authorization"))
                .singleElement()
                .asString()
                .startsWith("Bearer ");
        assertThat(request.headers().get("Content-Type"))
                .singleElement()
                .asString()
                .matches("multipart/form-data; boundary=[0-9a-f-]{36}");
        assertThat(request.fields().toString())
                .isEqualTo("{name=anim Duis adipisicing sint, type=restricted, search_by_domain=false,"
                        + " search_by_account=true, search_by_ma_account=false}");
        assertThat(request.status()).isEqualTo(204);
    }

    /** Each response of the Postman item, given to the item's own request, becomes the outcome that it stands for. */
    @Test
    void understandsTheResponsesOfThePostmanItem() throws IOException {
        var responses = StreamSupport.stream(postman.path("response").spliterator(), false)
                .map(SeedTest::reply)
                .toList();
        zoom.answers(responses.toArray(StandInReply[]::new));
        groupSync.start();

        for (var i = 0; i < responses.size(); i++) {
            topics.send(groupId, event());
        }

        assertThat(topics.outcomes(3))
                .extracting(
                        outcome -> outcome.path("status").asText(),
                        outcome -> outcome.path("reason").asText(),
                        outcome -> outcome.path("message").asText())
                .containsExactly(
                        tuple("APPLIED", "", ""),
                        tuple("REJECTED", "missing-name", "Missing field: name"),
                        tuple("REJECTED", "group-not-found", "Group does not exist:" + groupId + "."));
        assertThat(topics.deadLetters(2)).hasSize(2);
    }

    /** The item tells status, code and text of each response in its name, and leaves the body empty. */
    private static StandInReply reply(JsonNode response) {
        var name = response.path("name").textValue();
        var code = Pattern.compile("Error Code:\\*\\* ?`(\\d+)`").matcher(name);
        if (!code.find()) {
            return StandInReply.status(response.path("code").intValue());
        }
        var lines = name.lines().toList();
        return StandInReply.zoom(
                response.path("code").intValue(),
                Integer.parseInt(code.group(1)),
                lines.get(lines.size() - 1).replace("<br>", "").replace("{groupId}", "quis officia in reprehenderit"));
    }

    /** The curl command's fields hold each other's values; with the Postman item's in their place it is a good call. */
    @Test
    void sendsTheSameFormAsTheCurlCommand() throws Exception {
        assumeThatCode(() -> new ProcessBuilder("curl", "--version").start().waitFor())
                .doesNotThrowAnyException();
        groupSync.start();
        topics.send(groupId, event());
        assertThat(topics.outcomes(1)).hasSize(1);

        var command = new ArrayList<>(List.of("curl", "-sS", "-X", "PATCH"));
        command.addAll(List.of("-H", "Authorization: Bearer " + zoom.newToken()));
        for (var part : postman.at("/request/body/formdata")) {
            command.addAll(List.of(
                    "--form",
                    part.path("key").textValue() + "=" + part.path("value").textValue()));
        }
        command.add(zoom.apiUrl() + "/im/groups/quis%20officia%20in%20reprehenderit");
        var curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(curl.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(new String(curl.getInputStream().readAllBytes(), UTF_8)).isEmpty();

        assertThat(zoom.requests()).extracting(ReceivedRequest::status).containsExactly(204, 204);
        var ours = zoom.requests().get(0);
        var curls = zoom.requests().get(1);
        assertThat(ours.path()).isEqualTo(curls.path());
        assertThat(List.copyOf(ours.fields().entrySet()))
                .isEqualTo(List.copyOf(curls.fields().entrySet()));
    }

    /** The AutoIt sample sends a literal {@code :groupId}, no name, and values run together. */
    @Test
    void refusesTheAutoItSampleBeforeAnyCall() {
        groupSync.start();

        groupSync.receives(":groupId", """
                {"groupId": ":groupId", "search_by_domain": "anim Duis adipisicing sintrestrictedfalse",
                 "search_by_account": "anim Duis adipisicing sintrestrictedfalsetrue",
                 "search_by_ma_account": "anim Duis adipisicing sintrestrictedfalsetruefalse"}""");
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"type\":\"restricted\"}");

        assertThat(topics.outcomes(2, "reason")).containsExactly("invalid-event", "invalid-event");
        assertThat(topics.deadLetters(2).stream()
                        .map(letter -> String.valueOf(Topics.header(letter, "dead-letter-message")))
                        .sorted())
                .satisfiesExactly(
                        bad -> assertThat(bad)
                                .contains("/groupId: ':groupId' is or holds an unfilled path parameter")
                                .contains("/name: is missing")
                                .contains("/search_by_domain: 'anim Duis adipisicing sintrestrictedfalse' is not of"),
                        bad -> assertThat(bad).isEqualTo("/name: is missing"));
        assertThat(zoom.requests()).isEmpty();
    }
}
