package groupsync.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.event.Difference;
import groupsync.event.Events;
import groupsync.event.Outcome;
import groupsync.event.Outcome.Status;
import groupsync.event.Outcomes;
import groupsync.event.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTranslatorTest {

    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final byte[] KEY = "SobVexyrQjqCkcxjpBWi6w".getBytes(UTF_8);

    @Test
    void hasAllFields() throws Exception {
        var outcome = Outcomes.refused(
                        Status.REJECTED, Reason.GROUP_NOT_FOUND, "Group does not exist:SobVexyrQjqCkcxjpBWi6w.")
                .event("hr-2041")
                .group("SobVexyrQjqCkcxjpBWi6w")
                .after(1, 404, 4130, "v=2.0;clid=us02;rid=WEB_0123")
                .at("2026-11-23T04:45:00.123Z");

        var published = OutcomeTranslator.record(outcome, Events.withHeaders());

        assertThat(published.key()).isEqualTo(KEY);
        assertThat(published.value())
                .asString(UTF_8)
                .isEqualTo("{\"eventId\":\"hr-2041\",\"groupId\":\"SobVexyrQjqCkcxjpBWi6w\",\"status\":\"REJECTED\","
                        + "\"reason\":\"group-not-found\","
                        + "\"message\":\"Group does not exist:SobVexyrQjqCkcxjpBWi6w.\","
                        + "\"httpStatus\":404,\"zoomCode\":4130,\"trackingId\":\"v=2.0;clid=us02;rid=WEB_0123\","
                        + "\"attempts\":1,"
                        + "\"source\":{\"topic\":\"updates\",\"partition\":3,\"offset\":17},"
                        + "\"completedAt\":\"2026-11-23T04:45:00.123Z\"}");
        assertThat(headers(published))
                .isEqualTo(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "updates-3-17",
                        "ce_source", "/zoom-group-sync",
                        "ce_type", "zoom.im-group.update.rejected",
                        "ce_subject", "SobVexyrQjqCkcxjpBWi6w",
                        "ce_time", "2026-11-23T04:45:00.123Z",
                        "content-type", "application/json"));
    }

    /** An old value that Zoom's reply does not have is left out, and an empty list of changes is not. */
    @Test
    void hasWhatAComparisonFound() {
        var changes = new LinkedHashMap<String, Difference>();
        changes.put("name", new Difference("Finance", "Money"));
        changes.put("search_by_domain", new Difference(null, true));
        var changing = Outcomes.of(Status.DRY_RUN).changes(changes).build();
        var unchanging = Outcomes.of(Status.DRY_RUN).changes(Map.of()).build();

        assertThat(OutcomeTranslator.record(changing, Events.withHeaders()).value())
                .asString(UTF_8)
                .contains("\"changes\":{\"name\":{\"from\":\"Finance\",\"to\":\"Money\"},"
                        + "\"search_by_domain\":{\"to\":true}},\"source\":");
        assertThat(OutcomeTranslator.record(unchanging, Events.withHeaders()).value())
                .asString(UTF_8)
                .contains("\"changes\":{},\"source\":");
    }

    @Test
    void leavesOutAbsentFields() throws Exception {
        var outcome = Outcomes.refused(Status.REJECTED, Reason.MALFORMED_JSON, null)
                .group(null)
                .build();

        var published = OutcomeTranslator.record(outcome, Events.withHeaders());

        assertThat(published.key()).isNull();
        assertThat(published.value())
                .asString(UTF_8)
                .isEqualTo("{\"eventId\":\"e-17\",\"status\":\"REJECTED\","
                        + "\"reason\":\"malformed-json\",\"attempts\":0,"
                        + "\"source\":{\"topic\":\"updates\",\"partition\":3,\"offset\":17},"
                        + "\"completedAt\":\"2026-11-23T04:45:00.000Z\"}");
        assertThat(headers(published)).doesNotContainKey("ce_subject");
    }

    @ParameterizedTest
    @CsvSource({
        "APPLIED, zoom.im-group.update.applied",
        "REJECTED, zoom.im-group.update.rejected",
        "FAILED, zoom.im-group.update.failed",
        "DRY_RUN, zoom.im-group.update.dry-run"
    })
    void namesTheTypeByTheStatus(Status status, String type) throws Exception {
        var published = OutcomeTranslator.record(saying(status, "g"), Events.withHeaders());

        assertThat(headers(published)).containsEntry("ce_type", type);
        assertThat(published.value()).asString(UTF_8).contains("\"status\":\"" + status + "\"");
    }

    @Test
    void givesTheSameRecordTheSameIdEachTime() throws Exception {
        var first = OutcomeTranslator.record(saying(Status.FAILED, "g"), Events.withHeaders());

        var repeated = OutcomeTranslator.record(saying(Status.APPLIED, "g"), Events.withHeaders("ce_id", "ce-7"));

        assertThat(headers(repeated)).containsEntry("ce_id", "updates-3-17");
        assertThat(headers(first)).containsEntry("ce_id", "updates-3-17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Z\u00fcrich \u6f22", "\ud83d\ude00", "a/b c%", "\""})
    void namesTheGroupAsItIs(String groupId) throws Exception {
        var published = OutcomeTranslator.record(saying(Status.APPLIED, groupId), Events.withHeaders());

        assertThat(headers(published)).containsEntry("ce_subject", groupId);
        assertThat(new JsonMapper().readTree(published.value()).path("groupId").textValue())
                .isEqualTo(groupId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TRACEPARENT,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "00-0af7651916cd43dd8448eb211c80319c-00ad6b7169203331-03"
            })
    void handsAValidTraceOn(String traceparent) throws Exception {
        var source = Events.withHeaders("traceparent", traceparent);

        var published = OutcomeTranslator.record(saying(Status.APPLIED, "g"), source);

        assertThat(headers(published)).containsEntry("traceparent", traceparent);
    }

    @Test
    void handsNoInvalidTraceOn() throws Exception {
        var source = Events.withHeaders("traceparent", TRACEPARENT + "-");

        var published = OutcomeTranslator.record(saying(Status.APPLIED, "g"), source);

        assertThat(headers(published)).doesNotContainKey("traceparent");
    }

    @Test
    void handsTheLastOfSeveralTracesOn() throws Exception {
        var other = "00-11111111111111111111111111111111-2222222222222222-01";
        var source = Events.withHeaders("traceparent", other, "traceparent", TRACEPARENT);

        assertThat(OutcomeTranslator.record(saying(Status.APPLIED, "g"), source).headers())
                .filteredOn(header -> header.key().equals("traceparent"))
                .singleElement()
                .satisfies(header -> assertThat(header.value()).asString(UTF_8).isEqualTo(TRACEPARENT));
    }

    @Test
    void handsNoOtherHeaderOn() throws Exception {
        var source = Events.withHeaders(
                "authorization", "Bearer secret",
                "CamelHttpMethod", "DELETE",
                "ce_subject", "another",
                "ce_myextension", "x",
                "tracestate", "vendor=1",
                "content-type", "text/plain");

        assertThat(headers(OutcomeTranslator.record(saying(Status.APPLIED, "g"), source)))
                .containsOnlyKeys(
                        "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_time", "content-type")
                .containsEntry("ce_subject", "g")
                .containsEntry("content-type", "application/json");
    }

    @Test
    void keepsAKeyThatMayBeAGroupIdAndReplacesALongerOne() throws Exception {
        var outcome = saying(Status.REJECTED, null);
        var longest = "k".repeat(1_024).getBytes(UTF_8);

        var kept = OutcomeTranslator.record(outcome, Events.source(longest, null));
        var replaced = OutcomeTranslator.record(
                outcome, Events.source("k".repeat(1_025).getBytes(UTF_8), null));

        assertThat(kept.key()).isSameAs(longest);
        assertThat(replaced.key()).asString(UTF_8).isEqualTo("updates-3-17");
        assertThat(replaced.value()).isEqualTo(kept.value());
    }

    @Test
    void hasAFormWithAKeyForACompactedTopic() throws Exception {
        var source = Events.withHeaders("traceparent", TRACEPARENT);

        var published = OutcomeTranslator.record(saying(Status.REJECTED, null), source);

        var withKey = Objects.requireNonNull(published.orElse());
        assertThat(withKey.key()).asString(UTF_8).isEqualTo("updates-3-17");
        assertThat(withKey.value()).isEqualTo(published.value());
        assertThat(headers(withKey)).isEqualTo(headers(published));
    }

    @Test
    void hasAShortFormForATopicThatRefusesLargeRecords() throws Exception {
        var wide = "\ud83d\ude00".repeat(256);
        var outcome = Outcomes.refused(Status.APPLIED, null, "m".repeat(1_000))
                .event(wide)
                .group(wide)
                .groupName("n".repeat(128))
                .after(1, 204, null, "t".repeat(8_000))
                .mergedInto(wide)
                .changes(Map.of("description", new Difference("d".repeat(500), "e".repeat(500))))
                .source("t".repeat(249), 999, Long.MAX_VALUE)
                .at("2026-11-23T04:45:00.123Z");

        var published = OutcomeTranslator.record(outcome, Events.withHeaders("traceparent", TRACEPARENT));

        var shortest = Objects.requireNonNull(published.orElse());
        assertThat(shortest.orElse()).isNull();
        assertThat(shortest.key()).isEqualTo(published.key());
        assertThat(new JsonMapper().readTree(shortest.value()))
                .isEqualTo(new JsonMapper()
                        .createObjectNode()
                        .put("eventId", wide)
                        .put("groupId", wide)
                        .put("status", "APPLIED")
                        .put("httpStatus", 204)
                        .put("attempts", 1)
                        .put("mergedInto", wide)
                        .put("completedAt", "2026-11-23T04:45:00.123Z")
                        .set("source", new JsonMapper().valueToTree(outcome.source())));
        assertThat(headers(shortest)).containsEntry("ce_shortened", "true").doesNotContainKey("traceparent");
        assertThat(headers(published)).doesNotContainKey("ce_shortened").containsKey("traceparent");
        assertThat(OutgoingRecordSize.of(shortest)).isLessThan(12_000);
    }

    private static Outcome saying(Status status, @Nullable String groupId) {
        return Outcomes.of(status).group(groupId).build();
    }

    /** Each header once, as text. */
    private static Map<String, String> headers(OutgoingRecord published) {
        var headers = new LinkedHashMap<String, String>();
        for (var header : published.headers()) {
            assertThat(headers.put(header.key(), new String(header.value(), UTF_8)))
                    .as("second header %s", header.key())
                    .isNull();
        }
        return headers;
    }
}
