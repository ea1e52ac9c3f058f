package groupsync;

import groupsync.sandbox.TcpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Stands between clients and a server on this machine as a firewall does, and can forget connections. */
final class FirewallStandIn implements AutoCloseable {

    /** Its answer to a packet of a forgotten connection. */
    enum Manner {
        SWALLOWS,
        RESETS
    }

    private final TcpServer server;
    private final Set<Socket> forgotten = ConcurrentHashMap.newKeySet();
    private final Set<Socket> usedAgain = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Manner manner;

    /** @param target the port of the server */
    FirewallStandIn(int target) {
        server = new TcpServer(client -> {
            var upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            TcpServer.start(() -> pass(client, upstream, client));
            pass(client, client, upstream);
        });
    }

    int port() {
        return server.port();
    }

    /** The number of connections so far. */
    int connections() {
        return server.clients().size();
    }

    /** Forgets all present connections. */
    void forgets(Manner how) {
        manner = how;
        forgotten.addAll(server.clients());
    }

    /** The number of forgotten connections that were used afterwards. */
    int usedAgain() {
        return usedAgain.size();
    }

    private void pass(Socket client, Socket from, Socket to) throws IOException {
        var buffer = new byte[8_192];
        var in = from.getInputStream();
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
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

    @Override
    public void close() {
        server.close();
    }
}
