package groupsync.faults;

import groupsync.sandbox.TcpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A wire to a server that can be cut: all data of both sides is lost then, without an error. A repair resets the
 * connections that have lost data, and keeps the others.
 */
final class Wire implements AutoCloseable {

    private final TcpServer server;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /** From a port of an address to the target port of the loopback address. */
    Wire(String address, int port, int target) {
        this.target = target;
        server = new TcpServer(address, port, client -> new Link(client).open());
    }

    int port() {
        return server.port();
    }

    void cut() {
        cut = true;
    }

    void repair() {
        cut = false;
        links.stream().filter(link -> link.lossy).forEach(Link::reset);
    }

    @Override
    public void close() {
        links.forEach(Link::reset);
        server.close();
    }

    private final class Link {
        private final Socket near;
        private final Socket far = new Socket();
        private volatile boolean lossy;

        Link(Socket near) {
            this.near = near;
            links.add(this);
        }

        void open() {
            try {
                // The system has accepted the connection, which a cut wire would not: no data ever passes it.
                lossy = cut;
                if (!lossy) {
                    far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                    TcpServer.start(() -> pass(far, near));
                }
                pass(near, far);
            } catch (IOException e) {
                reset();
            }
        }

        private void pass(Socket from, Socket to) {
            var bytes = new byte[16_384];
            try {
                var in = from.getInputStream();
                for (var read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    if (cut || lossy) {
                        lossy = true;
                    } else {
                        to.getOutputStream().write(bytes, 0, read);
                    }
                }
                if (cut) {
                    lossy = true;
                } else {
                    to.shutdownOutput();
                }
            } catch (IOException e) {
                lossy = true;
                if (!cut) {
                    reset();
                }
            }
        }

        void reset() {
            links.remove(this);
            for (var socket : new Socket[] {near, far}) {
                try (socket) {
                    socket.setSoLinger(true, 0);
                } catch (IOException e) {
                    // It is closed already.
                }
            }
        }
    }
}
