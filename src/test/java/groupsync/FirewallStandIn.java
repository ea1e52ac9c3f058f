package groupsync;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a server on this machine, as a firewall does, and can forget connections. */
final class FirewallStandIn implements AutoCloseable {

    /** What it does with a packet of a connection that it has forgotten. */
    enum Manner {
        SWALLOWS,
        RESETS
    }

    private final ServerSocket server;
    private final int target;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final Set<Socket> forgotten = ConcurrentHashMap.newKeySet();
    private final Set<Socket> usedAgain = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Manner manner;

    FirewallStandIn(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        run(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many connections there were. */
    int connections() {
        return clients.size();
    }

    /** From now on it knows none of the connections that there are. */
    void forgets(Manner how) {
        manner = how;
        forgotten.addAll(clients);
    }

    /** How many connections were used after it had forgotten them. */
    int usedInVain() {
        return usedAgain.size();
    }

    private void accept() throws IOException {
        while (true) {
            var client = server.accept();
            var upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            clients.add(client);
            run(() -> pass(client, client, upstream));
            run(() -> pass(client, upstream, client));
        }
    }

    private void pass(Socket client, Socket from, Socket to) throws IOException {
        var buffer = new byte[8_192];
        for (var read = from.getInputStream().read(buffer);
                read >= 0;
                read = from.getInputStream().read(buffer)) {
            if (!forgotten.contains(client)) {
                to.getOutputStream().write(buffer, 0, read);
            } else if (from == client) {
                usedAgain.add(client);
                if (manner == Manner.RESETS) {
                    client.setSoLinger(true, 0);
                    client.close();
                }
            }
        }
        if (!forgotten.contains(client)) {
            to.close();
        }
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
                "firewall");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }
}
