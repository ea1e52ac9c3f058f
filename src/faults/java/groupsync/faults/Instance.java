package groupsync.faults;

import groupsync.Scrape;
import groupsync.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One running instance of the service, and what it says of its health. */
final class Instance implements AutoCloseable {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private static final Pattern HEALTH = Pattern.compile("health at http://127\\.0\\.0\\.1:(\\d+)/");

    private final ServiceProcess process;
    private final Path log;
    private boolean closed;

    /**
     * @param log where what it said is kept when it has ended
     * @param prefix what is put before its command
     */
    Instance(Map<String, String> settings, Path log, List<String> prefix) {
        this.log = log;
        var own = new HashMap<>(settings);
        // One that is free now may be taken by the time that it starts.
        own.put("management.port", "0");
        var options = new ArrayList<String>();
        // Camel takes its own keys from system properties only.
        own.keySet().stream()
                .filter(key -> key.startsWith("camel."))
                .forEach(key -> options.add("-D" + key + "=" + own.get(key)));
        // It starts often here: less to compile, and less memory for what is small.
        options.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
        process = ServiceProcess.startBehind(prefix, own, options.toArray(String[]::new));
        Runtime.getRuntime().addShutdownHook(new Thread(process::kill));
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

    /** As it has told; one where nobody listens until then. */
    private int port() {
        var told = HEALTH.matcher(output());
        return told.find() ? Integer.parseInt(told.group(1)) : 1;
    }

    /** Requests per second that it takes for its own; 0 before it tells anything. */
    double ownedLimit() {
        return new Scrape(Health.text(port(), "/observe/metrics"))
                .value("zoom_group_sync_owned_limit_requests_per_second");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGSTOP: nothing of it runs any more, but it does not know. */
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

    /** SIGKILL; it is dead when this returns. */
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
        try {
            Files.createDirectories(log.getParent());
            Files.writeString(log, output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process.close();
    }
}
