package groupsync.kafka;

import static groupsync.event.Events.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.Events;
import groupsync.event.Outcome;
import groupsync.event.Outcome.Status;
import groupsync.event.Outcomes;
import groupsync.event.Reason;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTranslatorTest {

    private static final byte[] NO_TEXT = {(byte) 0xff, 0, (byte) 0x80, '\r', '\n'};
    private static final Outcome REFUSED = Outcomes.refused(
                    Status.REJECTED, Reason.GROUP_NOT_FOUND, "Group does not exist: Z\u00fcrich.")
            .event("hr-2041")
            .group("SobVexyrQjqCkcxjpBWi6w")
            .after(2, 404, 4130, "v=2.0;clid=us02;rid=WEB_0123")
            .at("2026-11-23T04:45:00.123Z");

    @Test
    void givesTheReasonInHeadersOfItsOwn() {
        var source = Events.source(null, null);

        var letter = DeadLetterTranslator.record(REFUSED, source);

        assertThat(letter.headers())
                .containsExactly(
                        header("dead-letter-reason", "group-not-found"),
                        header("dead-letter-message", "Group does not exist: Z\u00fcrich."),
                        header("dead-letter-http-status", "404"),
                        header("dead-letter-zoom-code", "4130"),
                        header("dead-letter-tracking-id", "v=2.0;clid=us02;rid=WEB_0123"),
                        header("dead-letter-attempts", "2"),
                        header("dead-letter-failed-at", "2026-11-23T04:45:00.123Z"),
                        header("dead-letter-event-id", "hr-2041"),
                        header("dead-letter-group-id", "SobVexyrQjqCkcxjpBWi6w"),
                        header("dead-letter-source-topic", "updates"),
                        header("dead-letter-source-partition", "3"),
                        header("dead-letter-source-offset", "17"),
                        header("dead-letter-source-timestamp", "1795409100123"),
                        header("dead-letter-replays", "0"));
    }

    @Test
    void leavesOutAbsentFields() {
        var outcome = Outcomes.refused(Status.REJECTED, Reason.MALFORMED_JSON, null)
                .group(null)
                .build();

        var letter = DeadLetterTranslator.record(outcome, Events.source(null, null));

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

        var letter = DeadLetterTranslator.record(REFUSED, Events.source(key, value));

        assertThat(letter.key()).isEqualTo(NO_TEXT);
        assertThat(letter.value()).isEqualTo(new byte[] {'{', (byte) 0xff, '}'});
    }

    @Test
    void keepsATombstoneWithoutAKey() {
        var letter = DeadLetterTranslator.record(REFUSED, Events.source(null, null));

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
    }

    @Test
    void keepsHeadersByteForByteAndInTheirOrder() {
        var headers = new Header[] {
            header("trace", "1"),
            header("CamelHttpMethod", "DELETE"),
            header("trace", "2"),
            new RecordHeader("bytes", NO_TEXT),
            new RecordHeader("nothing", (byte[]) null),
            new RecordHeader("empty", new byte[0]),
            header("CamelKafkaOverrideTopic", "other"),
            header("", "no name"),
            header("Z\u00fcrich\r\n", "ce"),
            header("trace", "1")
        };

        var letter = DeadLetterTranslator.record(REFUSED, Events.source(null, null, headers));

        assertThat(letter.headers()).startsWith(headers).hasSize(headers.length + 14);
    }

    @Test
    void keepsTheHeadersOfAnEarlierDeadLetterBeforeItsOwn() {
        var earlier = new Header[] {header("dead-letter-reason", "name-taken"), header("dead-letter-replays", "1")};

        var letter = DeadLetterTranslator.record(REFUSED, Events.source(null, null, earlier));

        assertThat(letter.headers()).startsWith(earlier);
        assertThat(last(letter, "dead-letter-reason")).isEqualTo("group-not-found");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2", "999999999, 999999999"})
    void keepsTheCountOfReplays(String before, String after) {
        var source =
                Events.source(null, null, header("dead-letter-replays", "7"), header("dead-letter-replays", before));

        var letter = DeadLetterTranslator.record(REFUSED, source);

        assertThat(last(letter, "dead-letter-replays")).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "-1", "many", "1.5", "99999999999", "1\n2"})
    void countsFromZeroWhereTheCountIsNoNumber(String before) {
        var source = Events.source(null, null, header("dead-letter-replays", before));

        var letter = DeadLetterTranslator.record(REFUSED, source);

        assertThat(last(letter, "dead-letter-replays")).isEqualTo("0");
    }

    @Test
    void doesNotChangeTheHeadersOfTheRecord() {
        var source = Events.source(null, null, header("trace", "1"));

        DeadLetterTranslator.record(REFUSED, source);

        assertThat(source.headers()).containsExactly(header("trace", "1"));
    }

    @Test
    void hasAFormWithAKeyForACompactedTopic() {
        var letter = DeadLetterTranslator.record(REFUSED, Events.source(null, NO_TEXT, header("trace", "1")));

        var withKey = Objects.requireNonNull(letter.orElse());
        assertThat(withKey.key()).asString(UTF_8).isEqualTo("updates-3-17");
        assertThat(withKey.value()).isSameAs(letter.value());
        assertThat(withKey.headers())
                .startsWith(letter.headers().toArray(Header[]::new))
                .endsWith(header("dead-letter-key-replaced", "none"))
                .hasSize(letter.headers().size() + 1);
    }

    @Test
    void hasAFormWithoutTheEventForATopicThatRefusesLargeRecords() {
        var source = Events.source(new byte[1_025], new byte[30_000], header("trace", "x".repeat(20_000)));

        var letter = DeadLetterTranslator.record(REFUSED, source);

        var shortest = Objects.requireNonNull(letter.orElse());
        assertThat(shortest.orElse()).isNull();
        assertThat(shortest.key()).asString(UTF_8).isEqualTo("updates-3-17");
        assertThat(shortest.value()).isNull();
        assertThat(shortest.headers().subList(0, 14)).isEqualTo(letter.headers().subList(1, 15));
        assertThat(shortest.headers().subList(14, 17))
                .containsExactly(
                        header("dead-letter-value-omitted", "30000"),
                        header("dead-letter-headers-omitted", "1"),
                        header("dead-letter-key-replaced", "1025"));
        assertThat(OutgoingRecordSize.of(shortest)).isLessThan(8_192);
    }

    @Test
    void itsShortestFormHasNoAbsurdTrackingId() {
        var refused = Outcomes.refused(Status.REJECTED, Reason.REJECTED_BY_ZOOM, "m".repeat(1_000))
                .after(1, 400, null, "t".repeat(1_000_000))
                .build();

        var letter = DeadLetterTranslator.record(refused, Events.source(NO_TEXT, NO_TEXT));

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
}
