package groupsync;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A free port, for a process that cannot report the port it has chosen. */
public final class FreePort {

    private static final Logger LOG = LoggerFactory.getLogger(FreePort.class);

    private FreePort() {}

    /** One below the ports of outgoing connections, so that none of them takes it before the process listens. */
    public static int find() {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(20_000, 32_768);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                LOG.debug("port {} is taken: {}", port, e.toString());
            }
        }
    }
}
