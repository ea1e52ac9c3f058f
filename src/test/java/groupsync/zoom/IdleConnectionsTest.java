package groupsync.zoom;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleConnectionsTest {

    @ParameterizedTest
    @CsvSource({"timeout=5, 5", "timeout=30, 30", "timeout=300, 30", "timeout=0, 30", "max=10, 30", ", 30"})
    void areKeptForTheTimeOfTheServerButNoLongerThanIsSafe(@Nullable String named, int seconds) {
        var response = new BasicHttpResponse(204);
        response.setHeader("Keep-Alive", named);

        assertThat(IdleConnections.longest(response, HttpClientContext.create()))
                .isEqualTo(TimeValue.ofSeconds(seconds));
    }
}
