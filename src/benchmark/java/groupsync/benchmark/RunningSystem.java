package groupsync.benchmark;

import groupsync.FreePort;
import groupsync.JavaProcess;
import groupsync.ServiceProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One process of one of the systems. */
record RunningSystem(Contender contender, JavaProcess process, int managementPort) implements AutoCloseable {

    /** The image's own options (Dockerfile), in a container of 512 MB. */
    private static final List<String> OPTIONS = List.of(
            "-XX:MaxRAM=512m",
            "-XX:MaxRAMPercentage=25",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError");

    /** @param own options for the JVM of the service */
    static RunningSystem start(Contender contender, Map<String, String> settings, List<String> own) {
        var port = FreePort.find();
        if (contender == Contender.SERVICE) {
            var all = new HashMap<>(settings);
            all.put("management.port", String.valueOf(port));
            var more = System.getProperty("benchmark.service-options", "").split(" +", -1);
            var options =
                    Stream.of(OPTIONS, own, List.of(more)).flatMap(List::stream).filter(option -> !option.isEmpty());
            return new RunningSystem(contender, ServiceProcess.start(all, options.toArray(String[]::new)), port);
        }
        var command = new ArrayList<>(OPTIONS);
        command.addAll(List.of("-classpath", JavaProcess.classPath(), Competitor.class.getName(), contender.name()));
        return new RunningSystem(contender, new JavaProcess(command, settings), port);
    }

    /** Whether the service reports that it is ready; the others report nothing. */
    boolean isReady() {
        try {
            var ready = URI.create("http://127.0.0.1:" + managementPort + "/observe/health/ready")
                    .toURL();
            return ((HttpURLConnection) ready.openConnection()).getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The most memory that it ever had, in MB; 0 on a system without /proc. */
    long peakMegabytes() {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status"))
                    .lines()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.terminate();
        process.exitStatus(Duration.ofSeconds(40));
        process.saveOutput(Path.of("target", "benchmark", contender + ".log"));
        process.close();
    }
}
