package groupsync.kafka;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;

/**
 * The libraries that unpack records which their sender compressed with snappy or zstd. They are machine code, and each is
 * copied into a folder before it is loaded.
 */
final class CompressionLibraries {

    private CompressionLibraries() {}

    /**
     * Such a library cannot be loaded. Java throws an error for it, which would end the thread that polls; Kafka's
     * client wraps that of some libraries.
     *
     * @param failure of a poll
     * @return says what to do about it; empty if it is another failure
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
