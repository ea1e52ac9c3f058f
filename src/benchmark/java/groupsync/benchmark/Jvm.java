package groupsync.benchmark;

import java.nio.file.Path;
import java.util.List;

/** How the systems are run: as the image runs the service, in a container of 512 MB. */
final class Jvm {

    /** The image's own options (Dockerfile), in a container of 512 MB. */
    static final List<String> OPTIONS = List.of(
            "-XX:MaxRAM=512m",
            "-XX:MaxRAMPercentage=25",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError");

    private Jvm() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
