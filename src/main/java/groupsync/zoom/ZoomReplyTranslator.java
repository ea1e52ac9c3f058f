package groupsync.zoom;

import groupsync.names.GroupListReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.NoSuchHeaderException;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/** Message Translator: an answer of Zoom becomes a {@link ZoomReply}. */
public final class ZoomReplyTranslator implements Processor {

    /** The variable that holds when the request was begun, an {@link Instant}. */
    public static final String SENT = "sent";

    /** Reads an answer: {@link ZoomReply#of}, {@link ZoomReply#ofProbe} or {@link GroupListReader}. */
    @FunctionalInterface
    public interface Reading {
        ZoomReply read(int status, Function<String, @Nullable String> header, byte[] body, Instant now);
    }

    private static final byte[] NOTHING = {};

    private final Reading reading;
    private final AccessTokens tokens;
    private final RequestListener watch;
    private final Clock clock;
    private final Clock timeOfDay;

    /**
     * @param clock that says when a request is begun
     * @param timeOfDay that times in an answer are compared with
     */
    public ZoomReplyTranslator(
            Reading reading, AccessTokens tokens, RequestListener watch, Clock clock, Clock timeOfDay) {
        this.reading = reading;
        this.tokens = tokens;
        this.watch = watch;
        this.clock = clock;
        this.timeOfDay = timeOfDay;
    }

    @Override
    public void process(Exchange exchange) throws NoSuchHeaderException, InvalidPayloadException {
        var message = exchange.getMessage();
        // Asked to convert nothing, Camel would try each of its converters: a fifth of all that an update takes.
        var body = message.getBody() == null ? NOTHING : message.getMandatoryBody(byte[].class);
        var reply = tokens.redacted(reading.read(
                ExchangeHelper.getMandatoryHeader(message, Exchange.HTTP_RESPONSE_CODE, Integer.class),
                name -> message.getHeader(name, String.class),
                body,
                timeOfDay.instant()));
        tell(watch, exchange, reply, clock.instant());
        message.removeHeaders("*");
        message.setBody(reply);
        var sent = exchange.getVariable(SENT, Instant.class);
        // A token has the scopes that its app had when it was fetched: a scope that was added needs a new one.
        if (sent != null
                && (reply.verdict() == Verdict.TOKEN_REFUSED
                        || reply.verdict() == Verdict.LIST_SCOPE_MISSING
                        || (reply.verdict() == Verdict.SCOPE_MISSING && isUpdate(exchange)))) {
            tokens.refused(sent);
        }
    }

    /** Tells what came of the request of this exchange, if one was sent. */
    static void tell(RequestListener watch, Exchange exchange, ZoomReply reply, Instant now) {
        var sent = exchange.getVariable(SENT, Instant.class);
        if (sent != null) {
            watch.answered(
                    isUpdate(exchange) ? RequestListener.Method.PATCH : RequestListener.Method.GET,
                    reply,
                    Duration.between(sent, now));
        }
    }

    private static boolean isUpdate(Exchange exchange) {
        return exchange.getVariable("update") != null;
    }
}
