package groupsync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy: opens tunnels (CONNECT), and hands requests on that name their host. Whatever the host is called, it is
 * on this machine, so only the proxy knows the way.
 */
final class HttpProxyStandIn implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    private final ServerSocket server;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile @Nullable String login;
    private volatile int refusal;

    HttpProxyStandIn() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        run(this::accept);
    }

    /** What {@code zoom.proxy} is to be set to. */
    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** From now on it asks for these. */
    void wants(String user, String password) {
        login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(ISO_8859_1));
    }

    /** From now on it answers so, and ends the tunnels there are; 0: no longer. */
    void refuses(int status) {
        refusal = status;
        sockets.forEach(HttpProxyStandIn::close);
    }

    /** The heads of all requests to the proxy itself. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    private void accept() throws IOException {
        while (true) {
            var client = server.accept();
            sockets.add(client);
            run(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        var head = head(client.getInputStream());
        while (!head.isEmpty()) {
            heads.add(head);
            var wanted = login;
            if (refusal != 0) {
                answer(client, head, refusal + " Refused", "");
            } else if (wanted != null && !head.contains("Proxy-Authorization: Basic " + wanted + "\r\n")) {
                answer(client, head, "407 Login", "Proxy-Authenticate: Basic realm=\"proxy\"\r\n");
            } else {
                relay(client, head);
                return;
            }
            head = head(client.getInputStream());
        }
        client.close();
    }

    private static void answer(Socket client, String head, String status, String header) throws IOException {
        var length = LENGTH.matcher(head);
        client.getInputStream().skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\n" + header + "Content-Length: 0\r\n\r\n").getBytes(ISO_8859_1));
    }

    private void relay(Socket client, String head) throws IOException {
        var target = head.split(" ", 3)[1].replaceAll("^http://|/.*", "");
        var upstream = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(target.replaceAll(".*:", "")));
        sockets.add(upstream);
        if (head.startsWith("CONNECT ")) {
            client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(ISO_8859_1));
        } else {
            upstream.getOutputStream().write(head.getBytes(ISO_8859_1));
        }
        run(() -> {
            try (upstream) {
                client.getInputStream().transferTo(upstream.getOutputStream());
            }
        });
        run(() -> {
            try (client) {
                upstream.getInputStream().transferTo(client.getOutputStream());
            }
        });
    }

    /** Up to the empty line; empty if the client has ended the connection. */
    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    private static void run(Task task) {
        var thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // One of the two has ended the connection, or the test is over.
                    }
                },
                "http-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        sockets.forEach(HttpProxyStandIn::close);
    }

    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }
}
