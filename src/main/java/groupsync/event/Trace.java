package groupsync.event;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The trace of an event, from its headers in
 * <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>. A malformed header is ignored.
 */
public final class Trace {

    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private static final TextMapGetter<Headers> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Headers headers) {
            return Stream.of(headers.toArray()).map(header -> header.key()).toList();
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String name) {
            var header = headers == null ? null : headers.lastHeader(name);
            return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        }
    };

    private Trace() {}

    /** The trace in a record's headers; the root if they have none. */
    public static Context of(Headers headers) {
        return W3C.extract(Context.root(), headers, HEADERS);
    }

    /** Adds the headers of a trace to a message; none without a trace. */
    public static <C> void write(Context trace, C headers, TextMapSetter<C> setter) {
        W3C.inject(trace, headers, setter);
    }

    /** The id of a trace, 32 hexadecimal digits. */
    public static Optional<String> id(Context trace) {
        var span = Span.fromContext(trace).getSpanContext();
        return span.isValid() ? Optional.of(span.getTraceId()) : Optional.empty();
    }
}
