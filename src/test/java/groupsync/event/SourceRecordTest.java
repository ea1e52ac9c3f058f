package groupsync.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class SourceRecordTest {

    @Test
    void takesTheBytesOfItsKeyItsValueAndItsHeaders() {
        var headers = new RecordHeaders();
        headers.add("trace", new byte[900_000]).add("more", new byte[5_000]);

        assertThat(record(headers).size()).isBetween(1_005_000L, 1_006_000L);
    }

    /** A megabyte of empty headers takes fifty in memory. */
    @Test
    void takesMoreForAHeaderThanItsBytes() {
        var headers = new RecordHeaders();
        for (var i = 0; i < 10_000; i++) {
            headers.add("", null);
        }

        assertThat(record(headers).size()).isGreaterThan(1_000_000L);
    }

    @Test
    void takesSomethingWithoutKeyAndValue() {
        assertThat(Events.source(null, null).size()).isPositive();
    }

    private static SourceRecord record(Headers headers) {
        return Events.source("finance".getBytes(StandardCharsets.UTF_8), new byte[100_000], headers.toArray());
    }
}
