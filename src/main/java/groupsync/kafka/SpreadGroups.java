package groupsync.kafka;

import groupsync.event.EventLog;
import groupsync.event.GroupUpdateEvent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports each group whose updates come from several partitions: their order is random, since Kafka keeps the order within a
 * partition only. For one thread.
 */
final class SpreadGroups {

    private static final Logger LOG = LoggerFactory.getLogger(SpreadGroups.class);
    private static final int MOST_KNOWN = 10_000;
    private static final int MOST_REPORTED = 100;

    private final Map<String, Integer> partitions = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MOST_KNOWN;
        }
    };
    private final Set<String> reported = new HashSet<>();

    /** An event was read. */
    void seen(GroupUpdateEvent event) {
        if (!(event instanceof GroupUpdateEvent.Valid valid)) {
            return;
        }
        var group = valid.update().groupId();
        var partition = event.source().partition().partition();
        var before = partitions.put(group, partition);
        if (before == null || before == partition || reported.size() >= MOST_REPORTED || !reported.add(group)) {
            return;
        }
        EventLog.about(LOG.atWarn(), event, null)
                .log(
                        "updates of one group come from several partitions, so their order is random: key the records by"
                                + " group groupId={} partitions={},{}{}",
                        EventLog.shown(group),
                        before,
                        partition,
                        reported.size() == MOST_REPORTED ? "; no more groups are reported" : "");
    }
}
