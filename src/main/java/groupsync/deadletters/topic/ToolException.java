package groupsync.deadletters.topic;

import groupsync.deadletters.print.TerminalText;
import java.io.Serial;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;

/** What was asked for cannot be done. The message is one line for the operator. */
public final class ToolException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public ToolException(String message) {
        super(message);
    }

    public ToolException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same failure, in words of the one who is to mend it. */
    public static ToolException of(Throwable failure, KafkaCluster cluster) {
        if (failure instanceof ToolException told) {
            return told;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var words = words(cause, cluster);
            if (words != null) {
                return new ToolException(words, failure);
            }
        }
        return new ToolException(withRoot(failure), failure);
    }

    private static @Nullable String words(Throwable cause, KafkaCluster cluster) {
        if (cause instanceof TopicAuthorizationException denied) {
            return "not authorized for the topic " + String.join(", ", denied.unauthorizedTopics());
        }
        if (cause instanceof AuthorizationException) {
            return "not authorized: " + oneLine(cause);
        }
        if (cause instanceof AuthenticationException) {
            return "the brokers at " + cluster.brokers() + " refuse to talk; check camel.component.kafka.*: "
                    + oneLine(cause);
        }
        if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
            return "another replay of these letters has begun, which ended this one";
        }
        if (cause instanceof ConfigException) {
            return "kafka.brokers or camel.component.kafka.*: " + oneLine(cause);
        }
        if (cause instanceof TimeoutException || cause instanceof RetriableException) {
            return "no broker answers at " + cluster.brokers()
                    + "; check kafka.brokers and, if they want it, camel.component.kafka.security-protocol";
        }
        return cause instanceof KafkaException && cause.getCause() == null ? oneLine(cause) : null;
    }

    /** What lies behind it, such as a file that cannot be read, is seldom named by what it is wrapped in. */
    private static String withRoot(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == failure ? oneLine(failure) : oneLine(failure) + ": " + TerminalText.printable(root.toString());
    }

    private static String oneLine(Throwable failure) {
        var message = failure.getMessage();
        return TerminalText.printable(message == null ? failure.getClass().getSimpleName() : message);
    }
}
