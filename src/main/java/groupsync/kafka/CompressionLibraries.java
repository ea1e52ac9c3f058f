package groupsync.kafka;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;

/** The native libraries that decompress snappy and zstd. Java copies each into a folder before it loads it. */
final class CompressionLibraries {

    private CompressionLibraries() {}

    /**
     * The failure of such a library to load. Java throws an error then, which would end the polling thread; Kafka's client
     * wraps the errors of some libraries.
     *
     * @param failure of a poll
     * @return an exception with the remedy in its message; empty for any other failure
     */
    static Optional<KafkaException> notLoaded(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(cause -> cause instanceof Error && !(cause instanceof VirtualMachineError))
                .findFirst()
                .map(error -> new KafkaException(
                        "updates are compressed, and the library that unpacks them cannot be loaded from"
                                + " java.io.tmpdir=" + System.getProperty("java.io.tmpdir")
                                + ": set -Djava.io.tmpdir to a folder that can be written and from which programs may"
                                + " run, and restart",
                        error));
    }
}
