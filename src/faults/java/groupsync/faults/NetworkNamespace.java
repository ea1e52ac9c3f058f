package groupsync.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network of its own for a process (Linux, {@code ip netns}), with a cable to this machine that can be cut. It needs
 * rights that only some machines grant.
 */
final class NetworkNamespace implements AutoCloseable {

    private static final long PID = ProcessHandle.current().pid();
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Scenarios run side by side, and so may suites. */
    private final int number = COUNT.getAndIncrement();

    private final String name = "faults-" + PID + "-" + number;
    /** The longest name of an interface has 15 letters. */
    private final String cable = "f" + PID + "." + number;

    /** 64 networks of four addresses for each process. */
    private final String subnet = "10.231." + PID % 256 + ".";

    private final int address = number % 64 * 4;

    /** @throws UnsupportedOperationException if this machine does not allow it, with its error */
    NetworkNamespace() {
        var other = cable + "b";
        try {
            run("ip", "netns", "add", name);
            run("ip", "link", "add", cable, "type", "veth", "peer", "name", other, "netns", name);
            run("ip", "addr", "add", here() + "/30", "dev", cable);
            run("ip", "link", "set", cable, "up");
            run("ip", "-n", name, "addr", "add", subnet + (address + 2) + "/30", "dev", other);
            run("ip", "-n", name, "link", "set", other, "up");
            run("ip", "-n", name, "link", "set", "lo", "up");
        } catch (UnsupportedOperationException e) {
            close();
            throw e;
        }
    }

    /** The address of this machine as seen from inside. */
    String here() {
        return subnet + (address + 1);
    }

    /** The command that runs another command inside. */
    List<String> inside() {
        return List.of("ip", "netns", "exec", name);
    }

    void cut() {
        run("ip", "link", "set", cable, "down");
    }

    void repair() {
        run("ip", "link", "set", cable, "up");
    }

    @Override
    public void close() {
        for (var command : List.of(List.of("ip", "link", "del", cable), List.of("ip", "netns", "del", name))) {
            try {
                run(command.toArray(String[]::new));
            } catch (UnsupportedOperationException e) {
                // It does not exist.
            }
        }
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new UnsupportedOperationException(String.join(" ", command) + ": " + said.strip());
            }
        } catch (IOException e) {
            throw new UnsupportedOperationException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
