package groupsync.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.Outcome;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.event.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTranslatorTest {

    private static final byte[] NO_TEXT = {(byte) 0xff, 0, (byte) 0x80, '\r', '\n'};
    private static final Outcome REFUSED = new Outcome(
            "hr-2041",
            "SobVexyrQjqCkcxjpBWi6w",
            null,
            Status.REJECTED,
            Reason.GROUP_NOT_FOUND,
            "Group does not exist: Z\u00fcrich.",
            404,
            4130,
            "v=2.0;clid=us02;rid=WEB_0123",
            2,
            null,
            new Outcome.Source("zoom.im-groups.updates", 3, 17),
            Instant.parse("2026-11-23T04:45:00.123Z"));

    @Test
    void saysWhyInHeadersOfItsOwn() {
        var source = source(null, null);

        var letter = DeadLetterTranslator.record(REFUSED, source);

        assertThat(letter.headers())
                .containsExactly(
                        text("dead-letter-reason", "group-not-found"),
                        text("dead-letter-message", "Group does not exist: Z\u00fcrich."),
                        text("dead-letter-http-status", "404"),
                        text("dead-letter-zoom-code", "4130"),
                        text("dead-letter-tracking-id", "v=2.0;clid=us02;rid=WEB_0123"),
                        text("dead-letter-attempts", "2"),
                        text("dead-letter-failed-at", "2026-11-23T04:45:00.123Z"),
                        text("dead-letter-event-id", "hr-2041"),
                        text("dead-letter-group-id", "SobVexyrQjqCkcxjpBWi6w"),
                        text("dead-letter-source-topic", "zoom.im-groups.updates"),
                        text("dead-letter-source-partition", "3"),
                        text("dead-letter-source-offset", "17"),
                        text("dead-letter-source-timestamp", "1795409100123"),
                        text("dead-letter-replays", "0"));
    }

    @Test
    void leavesOutWhatIsAbsent() {
        var outcome = new Outcome(
                "e-1",
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
                new Outcome.Source("zoom.im-groups.updates", 3, 17),
                Instant.parse("2026-11-23T04:45:00.123Z"));

        var letter = DeadLetterTranslator.record(outcome, source(null, null));

        assertThat(letter.headers())
                .extracting(Header::key)
                .containsExactly(
                        "dead-letter-reason",
                        "dead-letter-attempts",
                        "dead-letter-failed-at",
                        "dead-letter-event-id",
                        "dead-letter-source-topic",
                        "dead-letter-source-partition",
                        "dead-letter-source-offset",
                        "dead-letter-source-timestamp",
                        "dead-letter-replays");
    }

    @Test
    void keepsKeyAndValueByteForByte() {
        var key = NO_TEXT.clone();
        var value = new byte[] {'{', (byte) 0xff, '}'};

        var letter = DeadLetterTranslator.record(REFUSED, source(key, value));

        assertThat(letter.key()).isEqualTo(NO_TEXT);
        assertThat(letter.value()).isEqualTo(new byte[] {'{', (byte) 0xff, '}'});
    }

    @Test
    void keepsATombstoneWithoutAKey() {
        var source = source(null, null);

        var letter = DeadLetterTranslator.record(REFUSED, source);

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
    }

    @Test
    void keepsHeadersByteForByteAndInTheirOrder() {
        var headers = new Header[] {
            text("trace", "1"),
            text("CamelHttpMethod", "DELETE"),
            text("trace", "2"),
            new RecordHeader("bytes", NO_TEXT),
            new RecordHeader("nothing", (byte[]) null),
            new RecordHeader("empty", new byte[0]),
            text("CamelKafkaOverrideTopic", "other"),
            text("", "no name"),
            text("Z\u00fcrich\r\n", "ce"),
            text("trace", "1")
        };

        var letter = DeadLetterTranslator.record(REFUSED, source(null, null, headers));

        assertThat(letter.headers()).startsWith(headers).hasSize(headers.length + 14);
    }

    @Test
    void keepsTheHeadersOfAnEarlierDeadLetterBeforeItsOwn() {
        var earlier = new Header[] {text("dead-letter-reason", "name-taken"), text("dead-letter-replays", "1")};

        var letter = DeadLetterTranslator.record(REFUSED, source(null, null, earlier));

        assertThat(letter.headers()).startsWith(earlier);
        assertThat(last(letter, "dead-letter-reason")).isEqualTo("group-not-found");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2", "999999999, 999999999"})
    void countsOnTheReplays(String before, String after) {
        var source = source(null, null, text("dead-letter-replays", "7"), text("dead-letter-replays", before));

        var letter = DeadLetterTranslator.record(REFUSED, source);

        assertThat(last(letter, "dead-letter-replays")).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "-1", "many", "1.5", "99999999999", "1\n2"})
    void countsFromTheStartWhereTheCountIsNone(String before) {
        var source = source(null, null, text("dead-letter-replays", before));

        var letter = DeadLetterTranslator.record(REFUSED, source);

        assertThat(last(letter, "dead-letter-replays")).isEqualTo("0");
    }

    @Test
    void leavesTheHeadersOfTheRecordAsTheyAre() {
        var source = source(null, null, text("trace", "1"));

        DeadLetterTranslator.record(REFUSED, source);

        assertThat(source.headers()).containsExactly(text("trace", "1"));
    }

    @Test
    void hasAFormWithAKeyForATopicThatTakesNoneWithout() {
        var source = source(null, NO_TEXT, text("trace", "1"));

        var letter = DeadLetterTranslator.record(REFUSED, source);

        var withKey = Objects.requireNonNull(letter.orElse());
        assertThat(withKey.key()).asString(UTF_8).isEqualTo("zoom.im-groups.updates-3-17");
        assertThat(withKey.value()).isSameAs(letter.value());
        assertThat(withKey.headers())
                .startsWith(letter.headers().toArray(Header[]::new))
                .endsWith(text("dead-letter-key-replaced", "none"))
                .hasSize(letter.headers().size() + 1);
    }

    @Test
    void hasAFormWithoutTheEventForATopicThatTakesNoLargeOne() {
        var source = source(new byte[1_025], new byte[30_000], text("trace", "x".repeat(20_000)));

        var letter = DeadLetterTranslator.record(REFUSED, source);

        var shortest = Objects.requireNonNull(letter.orElse());
        assertThat(shortest.orElse()).isNull();
        assertThat(shortest.key()).asString(UTF_8).isEqualTo("zoom.im-groups.updates-3-17");
        assertThat(shortest.value()).isNull();
        assertThat(shortest.headers().subList(0, 14)).isEqualTo(letter.headers().subList(1, 15));
        assertThat(shortest.headers().subList(14, 17))
                .containsExactly(
                        text("dead-letter-value-omitted", "30000"),
                        text("dead-letter-headers-omitted", "1"),
                        text("dead-letter-key-replaced", "1025"));
        assertThat(OutgoingRecordSize.of(shortest)).isLessThan(8_192);
    }

    @Test
    void itsShortestFormHasNoTrackingIdThatIsNone() {
        var refused = new Outcome(
                "e-1",
                "g",
                null,
                Status.REJECTED,
                Reason.REJECTED_BY_ZOOM,
                "m".repeat(1_000),
                400,
                null,
                "t".repeat(1_000_000),
                1,
                null,
                new Outcome.Source("zoom.im-groups.updates", 3, 17),
                Instant.parse("2026-11-23T04:45:00.123Z"));

        var letter = DeadLetterTranslator.record(refused, source(NO_TEXT, NO_TEXT));

        assertThat(last(letter, "dead-letter-tracking-id")).hasSize(1_000_000);
        assertThat(last(Objects.requireNonNull(letter.orElse()), "dead-letter-tracking-id"))
                .isNull();
        assertThat(OutgoingRecordSize.of(letter.orElse())).isLessThan(8_192);
    }

    private static @Nullable String last(OutgoingRecord letter, String name) {
        String value = null;
        for (var header : letter.headers()) {
            if (header.key().equals(name)) {
                value = new String(header.value(), UTF_8);
            }
        }
        return value;
    }

    private static Header text(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    private static SourceRecord source(byte @Nullable [] key, byte @Nullable [] value, Header... headers) {
        return new SourceRecord(
                new TopicPartition("zoom.im-groups.updates", 3),
                17,
                1_795_409_100_123L,
                key,
                value,
                new RecordHeaders(List.of(headers)));
    }
}
