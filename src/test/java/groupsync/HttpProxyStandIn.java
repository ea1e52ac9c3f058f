package groupsync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import groupsync.sandbox.TcpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy: it opens tunnels (CONNECT), and passes on requests with a host. Each host is this machine, whatever its
 * name, so a request under that name can arrive only through the proxy.
 */
final class HttpProxyStandIn implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile @Nullable String login;
    private volatile int refusal;
    private final TcpServer server = new TcpServer(this::serve);

    /** The value for {@code zoom.proxy}. */
    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Asks for these credentials from now on. */
    void wants(String user, String password) {
        login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(ISO_8859_1));
    }

    /** Ends all tunnels, and refuses each request with this status from now on; 0 for none. */
    void refuses(int status) {
        refusal = status;
        server.disconnect();
    }

    /** The heads of all requests to the proxy itself. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            for (var head = head(client.getInputStream()); !head.isEmpty(); head = head(client.getInputStream())) {
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
            }
        }
    }

    private static void answer(Socket client, String head, String status, String header) throws IOException {
        var length = LENGTH.matcher(head);
        client.getInputStream().skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\n" + header + "Content-Length: 0\r\n\r\n").getBytes(ISO_8859_1));
    }

    private static void relay(Socket client, String head) throws IOException {
        var target = head.split(" ", 3)[1].replaceAll("^http://|/.*", "");
        var upstream = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(target.replaceAll(".*:", "")));
        if (head.startsWith("CONNECT ")) {
            client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(ISO_8859_1));
        } else {
            upstream.getOutputStream().write(head.getBytes(ISO_8859_1));
        }
        TcpServer.start(() -> {
            try (upstream) {
                client.getInputStream().transferTo(upstream.getOutputStream());
            }
        });
        upstream.getInputStream().transferTo(client.getOutputStream());
    }

    /** The bytes up to the empty line; empty at the end of the connection. */
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

    @Override
    public void close() {
        server.close();
    }
}
