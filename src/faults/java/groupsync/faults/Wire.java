package groupsync.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A wire to a server that can be cut: what either side sends then is lost, and neither is told. When it is mended,
 * connections that have lost something are reset, and the others go on.
 */
final class Wire implements AutoCloseable {

    private final ServerSocket door;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /** From that port of that address to this one of the loopback address. */
    Wire(String address, int port, int target) {
        this.target = target;
        try {
            door = new ServerSocket();
            door.setReuseAddress(true);
            door.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void cut() {
        cut = true;
    }

    void mend() {
        cut = false;
        links.stream().filter(link -> link.lossy).forEach(Link::reset);
    }

    private void accept() {
        try {
            while (true) {
                var link = new Link(door.accept());
                links.add(link);
                start(link::open);
            }
        } catch (IOException e) {
            // Closed.
            links.forEach(Link::reset);
        }
    }

    private static void start(Runnable task) {
        var thread = new Thread(task, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Link {
        private final Socket near;
        private final Socket far = new Socket();
        private volatile boolean lossy;

        Link(Socket near) {
            this.near = near;
        }

        void open() {
            try {
                // A wire that is cut answers no connection; here the system has, and nothing more ever comes of it.
                lossy = cut;
                if (!lossy) {
                    far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                    start(() -> pass(far, near));
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
