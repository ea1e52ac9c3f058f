package groupsync.queue;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The partitions of this instance, and for each of them which events are read, which are done, and the charged requests. */
public final class OwnedPartitions {

    private final Map<TopicPartition, OffsetTracker> trackers = new HashMap<>();

    /** Adds a partition that Kafka has assigned, with the offset that its last owner committed. */
    public synchronized void assigned(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        trackers.put(partition, new OffsetTracker(committed));
    }

    /** The number of partitions. */
    public synchronized int size() {
        return trackers.size();
    }

    /** Notes that a record was read, and returns whether its event is still to be done. */
    public synchronized boolean read(ConsumerRecord<?, ?> source) {
        var tracker = trackers.get(new TopicPartition(source.topic(), source.partition()));
        return tracker != null && tracker.read(source.offset());
    }

    /** Notes that all offsets below this one were read, also those without a record, such as the end of a transaction. */
    public synchronized void advanceTo(TopicPartition partition, long offset) {
        var tracker = trackers.get(partition);
        if (tracker != null) {
            tracker.advanceTo(offset);
        }
    }

    /** The offsets that are left out if reading continues at this offset; empty if none are. */
    public synchronized Optional<OffsetGap> gap(TopicPartition partition, long offset) {
        return Optional.ofNullable(trackers.get(partition))
                .filter(tracker -> tracker.leftOut(offset) > 0)
                .map(tracker -> new OffsetGap(partition, tracker.next(), offset, tracker.leftOut(offset)));
    }

    /** For each partition, the offset of the first event that was not read yet; negative if no event was ever read. */
    public synchronized Map<TopicPartition, Long> positions() {
        var positions = new HashMap<TopicPartition, Long>();
        trackers.forEach((partition, tracker) -> positions.put(partition, tracker.next()));
        return positions;
    }

    /** The offsets that can be committed: for each partition that of its first event that is not done. */
    public synchronized Map<TopicPartition, OffsetAndMetadata> committable() {
        return committable(trackers.keySet());
    }

    /**
     * Charges a request of that UTC day to a partition: the next commit notes it. False if the partition cannot be charged,
     * since its first offset is not known yet, or it is revoked.
     */
    public synchronized boolean charge(TopicPartition partition, LocalDate day) {
        var tracker = trackers.get(partition);
        if (tracker == null || !tracker.isChargeable()) {
            return false;
        }
        tracker.charge(day);
        return true;
    }

    /** The partitions that can be charged, and the number of requests of that UTC day that each of them is charged with. */
    public synchronized Map<TopicPartition, Integer> charged(LocalDate day) {
        var charged = new HashMap<TopicPartition, Integer>();
        trackers.forEach((partition, tracker) -> {
            if (tracker.isChargeable()) {
                charged.put(partition, tracker.charged(day));
            }
        });
        return charged;
    }

    /** The loans of the slots of each partition, as the next commit notes them. */
    public synchronized Map<Integer, SlotLoans> loans() {
        var loans = new HashMap<Integer, SlotLoans>();
        trackers.forEach((partition, tracker) -> loans.put(partition.partition(), tracker.loans()));
        return loans;
    }

    /** Lends the slots of a partition: the next commit notes it. Without an offset to commit, nothing is lent. */
    public synchronized void lend(TopicPartition partition, SlotLoans loans) {
        var tracker = trackers.get(partition);
        if (tracker != null && tracker.isChargeable()) {
            tracker.lend(loans);
        }
    }

    /** For each partition, the number of events that are read and not done. */
    public synchronized Map<TopicPartition, Integer> inHand() {
        var inHand = new HashMap<TopicPartition, Integer>();
        trackers.forEach((partition, tracker) -> inHand.put(partition, tracker.inHand()));
        return inHand;
    }

    /** The loans that a commit notes. */
    public static SlotLoans loansOf(OffsetAndMetadata committed) {
        return CommitMetadata.loans(committed);
    }

    /** Whether the commit of some partition could not hold one more event. */
    synchronized boolean isFull() {
        return trackers.values().stream().anyMatch(OffsetTracker::isFull);
    }

    /** The tracker of a partition; {@code null} if it belongs to another instance. */
    synchronized @Nullable OffsetTracker tracker(TopicPartition partition) {
        var tracker = trackers.get(partition);
        return tracker == null || tracker.isRevoked() ? null : tracker;
    }

    synchronized void done(OffsetTracker tracker, long offset) {
        tracker.done(offset);
    }

    /** From now on no update of these partitions is taken. */
    synchronized void revoke(Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            var tracker = trackers.get(partition);
            if (tracker != null) {
                tracker.revoke();
            }
        }
    }

    /** Removes partitions, and returns their last committable offsets. */
    synchronized Map<TopicPartition, OffsetAndMetadata> remove(Collection<TopicPartition> partitions) {
        var last = committable(partitions);
        trackers.keySet().removeAll(List.copyOf(partitions));
        return last;
    }

    private Map<TopicPartition, OffsetAndMetadata> committable(Collection<TopicPartition> partitions) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : partitions) {
            var tracker = trackers.get(partition);
            if (tracker != null) {
                tracker.committable().ifPresent(offset -> offsets.put(partition, offset));
            }
        }
        return offsets;
    }
}
