package groupsync.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP server that handles each connection in a thread of its own. */
public final class TcpServer implements AutoCloseable {

    /** A part of the work on a connection; an exception ends it without a trace. */
    @FunctionalInterface
    public interface Task {
        void run() throws IOException;
    }

    /** The work on a connection. */
    @FunctionalInterface
    public interface Handler {
        void handle(Socket client) throws IOException;
    }

    private final ServerSocket server;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();

    /** Listens on a free port of the loopback address. */
    public TcpServer(Handler handler) {
        this("127.0.0.1", 0, handler);
    }

    /** @param port 0 for a free one */
    public TcpServer(String address, int port, Handler handler) {
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(() -> {
            while (true) {
                var client = server.accept();
                clients.add(client);
                start(() -> handler.handle(client));
            }
        });
    }

    /** Starts a task in a thread that does not keep the JVM alive. */
    public static void start(Task task) {
        var thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // One side has ended the connection, or the test is over.
                    }
                },
                "tcp-server");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** All connections so far, closed ones included. */
    public List<Socket> clients() {
        return List.copyOf(clients);
    }

    /** Closes all connections. */
    public void disconnect() {
        clients.forEach(TcpServer::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        disconnect();
    }
}
