package groupsync.benchmark;

import groupsync.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One process of one of the systems, seen from outside: whether it is ready, its CPU time, its peak memory. */
final class RunningSystem implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final long pid;
    private final int managementPort;
    private final AutoCloseable end;

    private RunningSystem(long pid, int managementPort, AutoCloseable end) {
        this.pid = pid;
        this.managementPort = managementPort;
        this.end = end;
    }

    /** The jar as it ships. */
    static RunningSystem service(Map<String, String> settings) {
        var port = Broker.freePort();
        var own = new HashMap<>(settings);
        own.put("management.port", String.valueOf(port));
        var options = new ArrayList<>(Jvm.OPTIONS);
        var more = System.getProperty("benchmark.service-options", "");
        if (!more.isBlank()) {
            options.addAll(List.of(more.trim().split(" +")));
        }
        var process = ServiceProcess.start(own, options.toArray(String[]::new));
        Runtime.getRuntime().addShutdownHook(new Thread(process::kill));
        return new RunningSystem(process.pid(), port, () -> {
            process.terminate();
            process.exitStatus(Duration.ofSeconds(40));
            process.close();
        });
    }

    /** One of the programs of the benchmark, told the same settings. */
    static RunningSystem program(Class<?> main, Map<String, String> settings) {
        try {
            var command = new ArrayList<String>();
            command.add(Jvm.java());
            command.addAll(Jvm.OPTIONS);
            command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
            var log = Path.of("target", "benchmark", main.getSimpleName() + ".log");
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            settings.forEach((key, value) -> builder.environment()
                    .put(key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), value));
            var process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new RunningSystem(
                    process.pid(), 0, () -> process.destroyForcibly().onExit().join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the service says that it is ready; the others say nothing. */
    boolean ready() {
        try {
            var ready = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + managementPort + "/observe/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** CPU time so far, of all its threads. */
    Duration cpu() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** The most memory it ever had, in MB; 0 where the system does not tell. */
    long peakMegabytes() {
        var status = Path.of("/proc", String.valueOf(pid), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            end.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
