package groupsync.sandbox;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The HTTP server of a stand-in, on one port, with or without TLS. */
final class StandInServer implements AutoCloseable {

    /** The most threads at a time. */
    static final int THREADS = 400;

    private final Server server;
    private final ServerConnector connector;
    private final String scheme;

    /** @param port 0 for a free one */
    StandInServer(String host, int port, SslContextFactory.@Nullable Server tls, Handler handler) {
        scheme = tls == null ? "http" : "https";
        var threads = new QueuedThreadPool(THREADS);
        threads.setDaemon(true);
        server = new Server(threads);
        var http = new HttpConfiguration();
        // Takes any path as it is, so that a test can see it.
        http.setUriCompliance(UriCompliance.UNSAFE);
        connector = new ServerConnector(server, tls, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(handler);
        attempt(server::start);
    }

    String url() {
        return scheme + "://127.0.0.1:" + connector.getLocalPort();
    }

    /** Runs a task in one of the server's threads, after so many nanoseconds. */
    void schedule(long nanos, Runnable task) {
        server.getScheduler().schedule(() -> server.getThreadPool().execute(task), nanos, TimeUnit.NANOSECONDS);
    }

    /** Stops listening and cuts all connections. */
    void refuseConnections() {
        // The same port for the next start.
        connector.setPort(connector.getLocalPort());
        attempt(connector::stop);
    }

    void acceptConnections() {
        attempt(connector::start);
    }

    @Override
    public void close() {
        attempt(server::stop);
    }

    private static void attempt(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new IllegalStateException("the Zoom stand-in did not start or stop", e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }
}
