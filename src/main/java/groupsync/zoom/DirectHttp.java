package groupsync.zoom;

import groupsync.release.Version;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;

/** The HTTP client of the requests beside Camel's routes. */
final class DirectHttp {

    private DirectHttp() {}

    /**
     * A client that sends each request once.
     *
     * @param timeout of a connection, and between two bytes
     */
    static HttpClientBuilder client(ZoomTls tls, Duration timeout) {
        var wait = Timeout.of(timeout);
        return HttpClientBuilder.create()
                .setUserAgent(Version.USER_AGENT)
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(wait)
                                .setSocketTimeout(wait)
                                .build())
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls.context()))
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(wait).build())
                .disableAutomaticRetries()
                .disableCookieManagement();
    }

    static ZoomResponse response(ClassicHttpResponse response, Instant received) throws IOException {
        var entity = response.getEntity();
        return ZoomResponse.of(
                response.getCode(),
                name -> {
                    var header = response.getFirstHeader(name);
                    return header == null ? null : header.getValue();
                },
                // As bytes: the charset that a response names may be none.
                entity == null ? new byte[0] : EntityUtils.toByteArray(entity),
                received);
    }
}
