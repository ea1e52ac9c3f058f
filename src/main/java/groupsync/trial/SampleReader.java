package groupsync.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import groupsync.event.SourceRecord;
import groupsync.tool.ToolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Makes records of values that were never in Kafka: all with the same key, headers and timestamp. */
final class SampleReader {

    private final TopicPartition partition;
    private final long timestamp;
    private final byte @Nullable [] key;
    private final RecordHeaders headers = new RecordHeaders();
    private final List<Sample> samples = new ArrayList<>();

    SampleReader(String topic, long timestamp, @Nullable String key, Map<String, String> headers) {
        partition = new TopicPartition(topic, 0);
        this.timestamp = timestamp;
        this.key = key == null ? null : key.getBytes(UTF_8);
        headers.forEach((name, value) -> this.headers.add(name, value.getBytes(UTF_8)));
    }

    List<Sample> samples() {
        return samples;
    }

    /** Adds the value that is the whole content of the file. */
    void addFile(String file) {
        try {
            add(file, Files.readAllBytes(Path.of(file)));
        } catch (IOException e) {
            throw new ToolException(file + " cannot be read: " + e, e);
        }
    }

    /** Adds a value for each line. An empty line is a tombstone, as kcat prints it. */
    void addLines(InputStream in) {
        try {
            var line = new ByteArrayOutputStream();
            var number = 0;
            for (var next = in.read(); next != -1; next = in.read()) {
                if (next == '\n') {
                    number++;
                    addLine(number, line);
                } else {
                    line.write(next);
                }
            }
            if (line.size() > 0) {
                addLine(number + 1, line);
            }
        } catch (IOException e) {
            throw new ToolException("standard input cannot be read: " + e, e);
        }
    }

    private void addLine(int number, ByteArrayOutputStream line) {
        add("line " + number, line.size() == 0 ? null : line.toByteArray());
        line.reset();
    }

    private void add(String name, byte @Nullable [] value) {
        samples.add(new Sample(name, new SourceRecord(partition, samples.size(), timestamp, key, value, headers)));
    }
}
