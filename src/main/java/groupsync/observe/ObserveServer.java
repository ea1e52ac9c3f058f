package groupsync.observe;

import groupsync.settings.ManagementSettings;
import groupsync.settings.WrongSettingException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.AsyncServerBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.support.BasicServerExchangeHandler;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The HTTP server for health, metrics and the page that shows them. */
public final class ObserveServer implements AutoCloseable {

    /** Until the connection of half a request is closed. No thread waits for the other half, so other requests are answered. */
    private static final Timeout LONGEST_SILENCE = Timeout.ofSeconds(30);

    private final ManagementSettings management;
    private final HttpAsyncServer server;
    private final int port;

    /**
     * Starts to answer.
     *
     * @param life down if only a restart helps
     * @param checks must be up too for the service to be ready
     * @param metrics in Prometheus' text format
     * @param status the figures for the page
     * @throws WrongSettingException if the port is taken, or the address is not one of this machine
     */
    public ObserveServer(
            ManagementSettings management,
            HealthCheck life,
            List<HealthCheck> checks,
            Supplier<String> metrics,
            Supplier<ServiceStatus> status) {
        this.management = management;
        var resources = new ObserveResources(life, checks, metrics, status);
        server = AsyncServerBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(2)
                        .setSoTimeout(LONGEST_SILENCE)
                        .setSoReuseAddress(true)
                        .build())
                // Any name in the header Host is accepted here; the page has a check of its own.
                .setRequestRouter((request, context) -> () -> new BasicServerExchangeHandler<>(resources))
                .create();
        server.start();
        port = listen();
    }

    private int listen() {
        try {
            var address = new InetSocketAddress(management.address(), management.port());
            var listening = server.listen(address, URIScheme.HTTP).get();
            return ((InetSocketAddress) listening.getAddress()).getPort();
        } catch (ExecutionException e) {
            throw cannotListen(e.getCause());
        } catch (UnresolvedAddressException e) {
            throw cannotListen(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotListen(e);
        }
    }

    private WrongSettingException cannotListen(@Nullable Throwable cause) {
        close();
        return new WrongSettingException(
                "management.port",
                "'" + management.port() + "' on management.address '" + management.address()
                        + "' cannot be listened on (" + cause + "); 0 takes a free port");
    }

    /** The address and the port of it: {@code 127.0.0.1:9876}. */
    String address() {
        return management.address() + ":" + port;
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE);
    }
}
