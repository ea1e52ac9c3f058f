package groupsync.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only a header that is valid W3C Trace Context becomes a header of a message. */
class TraceTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void passesOnValidHeaders() {
        assertThat(passedOn(PARENT, "vendor=1,other@system=a b"))
                .isEqualTo(Map.of("traceparent", PARENT, "tracestate", "vendor=1,other@system=a b"));
        assertThat(passedOn(PARENT, null)).isEqualTo(Map.of("traceparent", PARENT));
        assertThat(Trace.id(Trace.of(headers(PARENT, null)))).contains("0af7651916cd43dd8448eb211c80319c");
    }

    /** Of a later version, the standard lets a program pass on only the known part. */
    @Test
    void passesOnTheKnownPartOfALaterVersion() {
        assertThat(passedOn("fe" + PARENT.substring(2) + "-more", null)).isEqualTo(Map.of("traceparent", PARENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nX-Evil: 1",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n",
                "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
                " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0\uFF11",
                "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void ignoresAMalformedParent(String parent) {
        assertThat(passedOn(parent, "vendor=1")).isEmpty();
        assertThat(Trace.id(Trace.of(headers(parent, null)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vendor", "vendor=1\r\nX-Evil: 1", "Vendor=1", "vendor=\u00e9", "a=1,b", "a=b=c"})
    void ignoresAMalformedState(String state) {
        assertThat(passedOn(PARENT, state)).isEqualTo(Map.of("traceparent", PARENT));
    }

    private static RecordHeaders headers(String parent, String state) {
        var headers = new RecordHeaders();
        headers.add("traceparent", parent.getBytes(UTF_8));
        if (state != null) {
            headers.add("tracestate", state.getBytes(UTF_8));
        }
        return headers;
    }

    private static Map<String, String> passedOn(String parent, String state) {
        var sent = new HashMap<String, String>();
        Trace.write(Trace.of(headers(parent, state)), sent, Map::put);
        return sent;
    }
}
