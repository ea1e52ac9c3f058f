package groupsync.faults;

import groupsync.JavaProcess;
import groupsync.Scrape;
import groupsync.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A running instance of the service, with its health. */
final class Instance implements AutoCloseable {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private static final Pattern HEALTH = Pattern.compile("health at http://127\\.0\\.0\\.1:(\\d+)/");

    private final JavaProcess process;
    private final Path log;
    private boolean closed;

    /**
     * @param log the file for its output after its end
     * @param prefix a command that runs it, for example in another network
     */
    Instance(Map<String, String> settings, Path log, List<String> prefix) {
        this.log = log;
        var own = new HashMap<>(settings);
        // A free port may be taken by the time of the start.
        own.put("management.port", "0");
        var options = new ArrayList<String>();
        // Camel reads its own keys from system properties only.
        own.keySet().stream()
                .filter(key -> key.startsWith("camel."))
                .forEach(key -> options.add("-D" + key + "=" + own.get(key)));
        // Many instances start here, and none has much to do.
        options.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
        process = ServiceProcess.startBehind(prefix, own, options.toArray(String[]::new));
    }

    Health health() {
        return Health.of(port(), "/observe/health");
    }

    Health ready() {
        return Health.of(port(), "/observe/health/ready");
    }

    Health live() {
        return Health.of(port(), "/observe/health/live");
    }

    /** The port from its output; one without a listener before that. */
    private int port() {
        var port = HEALTH.matcher(output());
        return port.find() ? Integer.parseInt(port.group(1)) : 1;
    }

    /** Its share of the limit in requests per second; 0 before its first answer. */
    double ownedLimit() {
        return new Scrape(Health.text(port(), "/observe/metrics"))
                .value("zoom_group_sync_owned_limit_requests_per_second");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGSTOP. */
    void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            var status = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("SIG" + name + " cannot be sent");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM, and the exit status. */
    int terminate() {
        process.terminate();
        return process.exitStatus(LONGEST_STOP);
    }

    /** SIGKILL; returns after its end. */
    void kill() {
        process.kill();
        process.exitStatus(LONGEST_STOP);
    }

    String output() {
        return process.output();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        kill();
        process.saveOutput(log);
        process.close();
    }
}
