package groupsync.deadletters.topic;

import groupsync.tool.ToolException;
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

/** Failures of Kafka's clients, in words for the operator. */
public final class KafkaFailure {

    private KafkaFailure() {}

    /** The same failure, with a message that names its cause and, where there is one, the setting to check. */
    public static ToolException of(Throwable failure, KafkaCluster cluster) {
        if (failure instanceof ToolException known) {
            return known;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var message = messageFor(cause, cluster);
            if (message != null) {
                return new ToolException(message, failure);
            }
        }
        return new ToolException(withRootCause(failure), failure);
    }

    private static @Nullable String messageFor(Throwable cause, KafkaCluster cluster) {
        if (cause instanceof TopicAuthorizationException denied) {
            return "not authorized for the topic " + String.join(", ", denied.unauthorizedTopics());
        }
        if (cause instanceof AuthorizationException) {
            return "not authorized: " + message(cause);
        }
        if (cause instanceof AuthenticationException) {
            return "the brokers at " + cluster.brokers() + " refuse to talk; check camel.component.kafka.*: "
                    + message(cause);
        }
        if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
            return "another replay of these letters has begun, which ended this one";
        }
        if (cause instanceof ConfigException) {
            return "kafka.brokers or camel.component.kafka.*: " + message(cause);
        }
        if (cause instanceof TimeoutException || cause instanceof RetriableException) {
            return "no broker answers at " + cluster.brokers()
                    + "; check kafka.brokers and, if they want it, camel.component.kafka.security-protocol";
        }
        return cause instanceof KafkaException && cause.getCause() == null ? message(cause) : null;
    }

    /** An exception of Kafka's seldom names its root cause, such as a file that cannot be read. */
    private static String withRootCause(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == failure ? message(failure) : message(failure) + ": " + root;
    }

    private static String message(Throwable failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
