package groupsync.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.event.Outcome;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.event.SourceRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTranslatorTest {

    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final byte[] KEY = "SobVexyrQjqCkcxjpBWi6w".getBytes(UTF_8);
    private static final Outcome.Source PLACE = new Outcome.Source("zoom.im-groups.updates", 0, 17);

    @Test
    void tellsAllThereIsToTell() throws Exception {
        var outcome = new Outcome(
                "hr-2041",
                "SobVexyrQjqCkcxjpBWi6w",
                null,
                Status.REJECTED,
                Reason.GROUP_NOT_FOUND,
                "Group does not exist:SobVexyrQjqCkcxjpBWi6w.",
                404,
                4130,
                "v=2.0;clid=us02;rid=WEB_0123",
                1,
                null,
                PLACE,
                Instant.parse("2026-11-23T04:45:00.123Z"));

        var published = OutcomeTranslator.record(outcome, source());

        assertThat(published.key()).isEqualTo(KEY);
        assertThat(published.value())
                .asString(UTF_8)
                .isEqualTo("{\"eventId\":\"hr-2041\",\"groupId\":\"SobVexyrQjqCkcxjpBWi6w\",\"status\":\"REJECTED\","
                        + "\"reason\":\"group-not-found\","
                        + "\"message\":\"Group does not exist:SobVexyrQjqCkcxjpBWi6w.\","
                        + "\"httpStatus\":404,\"zoomCode\":4130,\"trackingId\":\"v=2.0;clid=us02;rid=WEB_0123\","
                        + "\"attempts\":1,"
                        + "\"source\":{\"topic\":\"zoom.im-groups.updates\",\"partition\":0,\"offset\":17},"
                        + "\"completedAt\":\"2026-11-23T04:45:00.123Z\"}");
        assertThat(headers(published))
                .isEqualTo(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "zoom.im-groups.updates-0-17",
                        "ce_source", "/zoom-group-sync",
                        "ce_type", "zoom.im-group.update.rejected",
                        "ce_subject", "SobVexyrQjqCkcxjpBWi6w",
                        "ce_time", "2026-11-23T04:45:00.123Z",
                        "content-type", "application/json"));
    }

    @Test
    void leavesOutWhatIsAbsent() throws Exception {
        var outcome = new Outcome(
                "zoom.im-groups.updates-0-17",
                null,
                null,
                Status.REJECTED,
                Reason.MALFORMED_JSON,
                null,
                null,
                null,
                null,
                0,
                null,
                PLACE,
                Instant.parse("2026-11-23T04:45:00.000Z"));

        var published = OutcomeTranslator.record(outcome, source());

        assertThat(published.key()).isNull();
        assertThat(published.value())
                .asString(UTF_8)
                .isEqualTo("{\"eventId\":\"zoom.im-groups.updates-0-17\",\"status\":\"REJECTED\","
                        + "\"reason\":\"malformed-json\",\"attempts\":0,"
                        + "\"source\":{\"topic\":\"zoom.im-groups.updates\",\"partition\":0,\"offset\":17},"
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
        var outcome = saying(status, "g");

        var published = OutcomeTranslator.record(outcome, source());

        assertThat(headers(published)).containsEntry("ce_type", type);
        assertThat(published.value()).asString(UTF_8).contains("\"status\":\"" + status + "\"");
    }

    @Test
    void givesTheSameRecordTheSameIdEachTime() throws Exception {
        var first = OutcomeTranslator.record(saying(Status.FAILED, "g"), source());

        var repeated = OutcomeTranslator.record(saying(Status.APPLIED, "g"), source("ce_id", "ce-7"));

        assertThat(headers(repeated)).containsEntry("ce_id", "zoom.im-groups.updates-0-17");
        assertThat(headers(first)).containsEntry("ce_id", "zoom.im-groups.updates-0-17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Z\u00fcrich \u6f22", "\ud83d\ude00", "a/b c%", "\""})
    void namesTheGroupAsItIs(String groupId) throws Exception {
        var outcome = saying(Status.APPLIED, groupId);

        var published = OutcomeTranslator.record(outcome, source());

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
        var source = source("traceparent", traceparent);

        var published = OutcomeTranslator.record(saying(Status.APPLIED, "g"), source);

        assertThat(headers(published)).containsEntry("traceparent", traceparent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n",
                "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void handsNoInvalidTraceOn(String traceparent) throws Exception {
        var source = source("traceparent", traceparent);

        var published = OutcomeTranslator.record(saying(Status.APPLIED, "g"), source);

        assertThat(headers(published)).doesNotContainKey("traceparent");
    }

    @Test
    void handsTheLastOfSeveralTracesOn() throws Exception {
        var other = "00-11111111111111111111111111111111-2222222222222222-01";
        var source = source("traceparent", other, "traceparent", TRACEPARENT);

        var published = OutcomeTranslator.record(saying(Status.APPLIED, "g"), source);

        assertThat(published.headers())
                .filteredOn(header -> header.key().equals("traceparent"))
                .singleElement()
                .satisfies(header -> assertThat(header.value()).asString(UTF_8).isEqualTo(TRACEPARENT));
    }

    @Test
    void handsNoOtherHeaderOn() throws Exception {
        var source = source(
                "authorization", "Bearer secret",
                "CamelHttpMethod", "DELETE",
                "ce_subject", "another",
                "ce_myextension", "x",
                "tracestate", "vendor=1",
                "content-type", "text/plain");

        var published = OutcomeTranslator.record(saying(Status.APPLIED, "g"), source);

        assertThat(headers(published))
                .containsOnlyKeys(
                        "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_time", "content-type")
                .containsEntry("ce_subject", "g")
                .containsEntry("content-type", "application/json");
    }

    @Test
    void keepsAKeyThatMayBeAGroupIdAndReplacesALongerOne() throws Exception {
        var outcome = saying(Status.REJECTED, null);
        var longest = "k".repeat(1_024).getBytes(UTF_8);

        var kept = OutcomeTranslator.record(outcome, source(longest));
        var replaced =
                OutcomeTranslator.record(outcome, source("k".repeat(1_025).getBytes(UTF_8)));

        assertThat(kept.key()).isSameAs(longest);
        assertThat(replaced.key()).asString(UTF_8).isEqualTo("zoom.im-groups.updates-0-17");
        assertThat(replaced.value()).isEqualTo(kept.value());
    }

    @Test
    void hasAFormWithAKeyForATopicThatTakesNoneWithout() throws Exception {
        var source = source("traceparent", TRACEPARENT);

        var published = OutcomeTranslator.record(saying(Status.REJECTED, null), source);

        var withKey = Objects.requireNonNull(published.orElse());
        assertThat(withKey.key()).asString(UTF_8).isEqualTo("zoom.im-groups.updates-0-17");
        assertThat(withKey.value()).isEqualTo(published.value());
        assertThat(headers(withKey)).isEqualTo(headers(published));
    }

    @Test
    void hasAShortFormForATopicThatTakesNoLargeOne() throws Exception {
        var wide = "\ud83d\ude00".repeat(256);
        var outcome = new Outcome(
                wide,
                wide,
                "n".repeat(128),
                Status.APPLIED,
                null,
                "m".repeat(1_000),
                204,
                null,
                "t".repeat(8_000),
                1,
                wide,
                new Outcome.Source("t".repeat(249), 999, Long.MAX_VALUE),
                Instant.parse("2026-11-23T04:45:00.123Z"));

        var published = OutcomeTranslator.record(outcome, source("traceparent", TRACEPARENT));

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
        return new Outcome(
                "e-1",
                groupId,
                null,
                status,
                null,
                null,
                null,
                null,
                null,
                1,
                null,
                PLACE,
                Instant.parse("2026-11-23T04:45:00.123Z"));
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

    private static SourceRecord source(String... headers) {
        var all = new RecordHeaders();
        for (var i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1].getBytes(UTF_8));
        }
        return new SourceRecord(new TopicPartition("zoom.im-groups.updates", 0), 17, 0, null, null, all);
    }

    private static SourceRecord source(byte[] key) {
        return new SourceRecord(new TopicPartition("zoom.im-groups.updates", 0), 17, 0, key, null, new RecordHeaders());
    }
}
