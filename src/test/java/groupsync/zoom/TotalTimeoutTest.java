package groupsync.zoom;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TotalTimeoutTest {

    /** What the client throws depends on where another thread's cancellation finds it. */
    static Stream<Exception> whatACancelledRequestThrows() {
        return Stream.of(
                new IOException("closed"),
                new IllegalStateException("Connection is shutdown"),
                new NullPointerException(),
                new HttpException("half of an answer"));
    }

    @ParameterizedTest
    @MethodSource("whatACancelledRequestThrows")
    void aRequestThatIsCancelledIsATimeOutWhateverItThrows(Exception failure) throws IOException {
        var request = new HttpGet("http://127.0.0.1:1");
        try (var client = client(Duration.ofMillis(50), () -> {
            await().atMost(Duration.ofSeconds(60)).until(request::isCancelled);
            throw failure;
        })) {
            assertThatThrownBy(() -> client.execute(request, response -> response))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("no whole answer within 50 ms")
                    .hasCause(failure);
        }
    }

    @Test
    void aFailureInTimeStaysWhatItIs() throws IOException {
        var failure = new IllegalStateException("a fault of the service");
        try (var client = client(Duration.ofHours(1), () -> {
            throw failure;
        })) {
            assertThatThrownBy(() -> client.execute(new HttpGet("http://127.0.0.1:1"), response -> response))
                    .isSameAs(failure);
        }
    }

    /** Whose request does this before it is sent. */
    private static CloseableHttpClient client(Duration longest, Callable<Void> instead) {
        return HttpClientBuilder.create()
                .addExecInterceptorFirst("instead", (request, scope, chain) -> {
                    try {
                        instead.call();
                    } catch (IOException | HttpException | RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalArgumentException(e);
                    }
                    return chain.proceed(request, scope);
                })
                .addExecInterceptorFirst("total-timeout", new TotalTimeout(longest))
                .build();
    }
}
