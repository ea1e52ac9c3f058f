package groupsync.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.javacc.TokenMgrError;
import org.jspecify.annotations.Nullable;

/**
 * Normalizer (EIP): a filter in <a href="https://jqlang.org">jq</a> makes a group update of each value, as HR and identity
 * systems write it. Its variables are {@code $key}, {@code $headers}, {@code $topic} and {@code $timestamp}. For one thread.
 */
public final class EventMapping {

    private final @Nullable JsonQuery filter;
    private final BoundedJq functions;

    private EventMapping(@Nullable JsonQuery filter, BoundedJq functions) {
        this.filter = filter;
        this.functions = functions;
    }

    /** No mapping: each value is a group update already. */
    public static EventMapping none() {
        return new EventMapping(null, new BoundedJq());
    }

    /**
     * The mapping in a file.
     *
     * @throws IOException if the file cannot be read, or holds no filter; the message names the file, and says why in one line
     */
    public static EventMapping in(Path file) throws IOException {
        try {
            var functions = new BoundedJq();
            var mapping = new EventMapping(functions.compile(read(file)), functions);
            mapping.findUnknownNames();
            return mapping;
        } catch (JsonQueryException | TokenMgrError e) {
            throw new IOException(file + " holds no jq filter: " + problem(e), e);
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e, e);
        }
    }

    /** The first line of the parser's message, which has the line and the column. */
    private static String problem(Throwable e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    /** The library finds an unknown function or variable only when it is used. */
    private void findUnknownNames() throws JsonQueryException {
        for (var value : List.of(NullNode.getInstance(), JsonNodeFactory.instance.objectNode())) {
            try {
                apply(value, scope(NullNode.getInstance(), JsonNodeFactory.instance.objectNode(), "", 0));
            } catch (JsonQueryException | MappingStoppedException | StackOverflowError e) {
                var message = String.valueOf(e.getMessage());
                if (message.matches("(?s).*(Function .* does not exist|Undefined variable|\\$\\S+ is not defined).*")) {
                    throw new JsonQueryException(message);
                }
            }
        }
    }

    /** Never fails: a value that cannot be mapped is {@link MappedRecord.Refused}. */
    public MappedRecord map(SourceRecord source) {
        if (filter == null) {
            return new MappedRecord.Unchanged(source);
        }
        if (source.value() == null) {
            // Debezium and compacted topics write tombstones.
            return new MappedRecord.Foreign(source);
        }
        try {
            var outputs = apply(StrictJson.parse(source.value()), scope(source));
            if (outputs.isEmpty() || outputs.get(0).isNull()) {
                return new MappedRecord.Foreign(source);
            }
            return new MappedRecord.Changed(source, outputs.get(0));
        } catch (InvalidGroupUpdateException e) {
            return new MappedRecord.Refused(source, e.reason(), String.valueOf(e.getMessage()));
        } catch (JsonQueryException | MappingStoppedException e) {
            return refused(source, String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            return refused(source, "it calls itself without end");
        } catch (RuntimeException e) {
            return refused(source, e.toString());
        }
    }

    private static MappedRecord refused(SourceRecord source, String why) {
        return new MappedRecord.Refused(source, Reason.INVALID_EVENT, "events.mapping fails: " + why);
    }

    private List<JsonNode> apply(JsonNode value, Scope scope) throws JsonQueryException {
        var outputs = new ArrayList<JsonNode>();
        functions.restart();
        Objects.requireNonNull(filter).apply(scope, value, output -> {
            if (!outputs.isEmpty()) {
                throw new MappingStoppedException("it has several outputs, and one record has one outcome");
            }
            outputs.add(output);
        });
        return outputs;
    }

    private Scope scope(SourceRecord source) {
        var headers = JsonNodeFactory.instance.objectNode();
        for (var header : source.headers()) {
            headers.set(header.key(), text(header.value()));
        }
        return scope(key(source.key()), headers, source.partition().topic(), source.timestamp());
    }

    private Scope scope(JsonNode key, JsonNode headers, String topic, long timestamp) {
        var scope = Scope.newChildScope(functions.scope());
        scope.setValue("key", key);
        scope.setValue("headers", headers);
        scope.setValue("topic", TextNode.valueOf(topic));
        scope.setValue("timestamp", LongNode.valueOf(timestamp));
        return scope;
    }

    /** As JSON, as Connect writes keys, or as text. */
    private static JsonNode key(byte @Nullable [] key) {
        try {
            return key == null ? NullNode.getInstance() : StrictJson.parse(key);
        } catch (InvalidGroupUpdateException e) {
            return text(key);
        }
    }

    private static JsonNode text(byte @Nullable [] bytes) {
        return bytes == null ? NullNode.getInstance() : TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
    }
}
