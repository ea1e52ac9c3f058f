package groupsync.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Finds a missing topic or right before the first outcome or dead letter does.
 *
 * @param rights for each topic, the operation that the service needs
 */
record TopicAccess(Map<String, AclOperation> rights) {

    /** A topic is missing, a right to it is missing, or no broker answers. The message is the cause that health shows. */
    @SuppressWarnings("serial") // never serialized
    static final class UnusableTopicException extends Exception {
        UnusableTopicException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Describes each topic.
     *
     * @param timeoutMillis of the request
     */
    Map<String, TopicDescription> check(Admin admin, int timeoutMillis)
            throws UnusableTopicException, InterruptedException {
        var options = new DescribeTopicsOptions().timeoutMs(timeoutMillis).includeAuthorizedOperations(true);
        var topics = new HashMap<String, TopicDescription>();
        for (var future :
                admin.describeTopics(rights.keySet(), options).topicNameValues().entrySet()) {
            var name = future.getKey();
            try {
                var topic = future.getValue().get();
                var granted = topic.authorizedOperations();
                if (granted != null && !granted.contains(rights.get(name))) {
                    throw new UnusableTopicException(missingRight(name), null);
                }
                topics.put(name, topic);
            } catch (ExecutionException e) {
                throw new UnusableTopicException(cause(name, e.getCause()), e.getCause());
            }
        }
        return topics;
    }

    private String missingRight(String topic) {
        return "the right to " + rights.get(topic) + " the topic " + topic + " is missing";
    }

    private String cause(String topic, @Nullable Throwable failure) {
        if (failure instanceof UnknownTopicOrPartitionException) {
            return "the topic " + topic + " is missing";
        }
        if (failure instanceof TopicAuthorizationException) {
            return missingRight(topic);
        }
        if (failure instanceof TimeoutException) {
            return "no broker answers";
        }
        if (failure instanceof AuthenticationException) {
            return "no connection to a broker: " + ConsumerHealth.cause(failure);
        }
        return "the topic " + topic + " cannot be used: " + failure;
    }
}
