package groupsync.benchmark;

import java.nio.file.Path;
import java.util.List;

/** How the systems are run: as the image runs the service, in a container of 512 MB. */
final class Jvm {

    /** The image's own options, and the memory and the collector that Java finds in such a container. */
    static final List<String> OPTIONS =
            List.of("-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAM=512m", "-XX:+UseSerialGC");

    private Jvm() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
