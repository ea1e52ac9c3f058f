package groupsync.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.deadletters.print.Terminal;
import groupsync.deadletters.topic.KafkaCluster;
import java.io.BufferedReader;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What all commands work with.
 *
 * @param cluster asked for only when a command needs it, so that help needs no settings
 * @param in where answers come from
 */
public record ToolContext(Supplier<KafkaCluster> cluster, Terminal terminal, BufferedReader in, Clock clock) {

    /** ASCII only: right in every encoding, and nothing in it can control a terminal. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    public static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
