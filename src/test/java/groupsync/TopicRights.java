package groupsync;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Rights on topics and consumer groups, of a broker with an authorizer. */
public record TopicRights(Admin admin) {

    public void forbidWriting(String topic) {
        // Once a resource has rules, the broker refuses all that none of them allows.
        grant(Set.of(rule(ResourceType.TOPIC, topic, "*", AclOperation.ALL, AclPermissionType.ALLOW), denial(topic)));
    }

    public void allowWriting(String topic) {
        Topics.await(admin.deleteAcls(List.of(denial(topic).toFilter())).all());
    }

    /** All rights of a user on a resource. */
    void allow(String user, ResourceType type, String name) {
        grant(Set.of(rule(type, name, user, AclOperation.ALL, AclPermissionType.ALLOW)));
    }

    /** Allows these operations, and no others. */
    public void allowOnly(ResourceType type, String name, AclOperation... operations) {
        var resource = new ResourcePattern(type, name, PatternType.LITERAL).toFilter();
        Topics.await(admin.deleteAcls(List.of(new AclBindingFilter(resource, AccessControlEntryFilter.ANY)))
                .all());
        grant(Stream.of(operations)
                .map(operation -> rule(type, name, "*", operation, AclPermissionType.ALLOW))
                .toList());
    }

    private void grant(Collection<AclBinding> rules) {
        Topics.await(admin.createAcls(rules).all());
    }

    private static AclBinding denial(String topic) {
        return rule(ResourceType.TOPIC, topic, "*", AclOperation.WRITE, AclPermissionType.DENY);
    }

    private static AclBinding rule(
            ResourceType type, String name, String user, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, permission));
    }
}
