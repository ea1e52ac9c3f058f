package groupsync.queue;

import groupsync.event.EventLog;
import groupsync.event.GroupUpdateEvent;
import groupsync.names.GroupNames;
import groupsync.names.UnresolvedEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events that were read from Kafka and are not yet done: in one line for each group, so that the updates of a
 * group reach Zoom one at a time and in their order while groups go on side by side.
 *
 * <p>It is what Kafka's own consumer lacks: it commits, for each partition, what is done and nothing else, and it
 * lets go of a partition only when no request for it is under way.
 */
public final class GroupQueues {

    private static final Logger LOG = LoggerFactory.getLogger(GroupQueues.class);

    /** Should the events be large, a part of the memory bounds what is in hand: the rest is for reading and writing. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;

    private final int capacity;
    private final boolean merges;
    private final BooleanSupplier leased;
    private final Clock clock;
    private final UnresolvedEvents held;
    private final Map<TopicPartition, OffsetTracker> partitions = new HashMap<>();
    private final Map<String, Line> lines = new LinkedHashMap<>();
    /** Those whose outcome could not be published so far. */
    private final Set<PendingUpdate> unpublished = new HashSet<>();

    private int inHand;
    private long bytesInHand;
    private boolean stopping;
    private int working;
    private int atOnce = Integer.MAX_VALUE;

    /**
     * Holds none at first.
     *
     * @param capacity how many events are in hand at the most, before reading holds back
     * @param merges whether updates of one group that wait together become one request
     */
    public GroupQueues(int capacity, boolean merges, Clock clock) {
        this(capacity, merges, null, clock);
    }

    /** @param names of groups, if events may call theirs by its name */
    public GroupQueues(int capacity, boolean merges, @Nullable GroupNames names, Clock clock) {
        this(capacity, merges, names, () -> true, clock);
    }

    /** @param leased whether the partitions are still ours, so that requests may be sent */
    public GroupQueues(int capacity, boolean merges, @Nullable GroupNames names, BooleanSupplier leased, Clock clock) {
        this.held = new UnresolvedEvents(names);
        this.capacity = capacity;
        this.merges = merges;
        this.leased = leased;
        this.clock = clock;
    }

    /**
     * How much is in hand.
     *
     * @param lines of groups; an event that is no update has one of its own
     * @param oldest the earliest timestamp of their records, or {@link Long#MAX_VALUE}
     * @param partitions that are ours
     */
    public record Load(int events, long bytes, int lines, long oldest, int partitions) {}

    /** How much is in hand now. */
    public synchronized Load load() {
        var linedUp =
                lines.values().stream().flatMap(line -> line.waiting.stream()).map(waiting -> waiting.update.event());
        var oldest = Stream.concat(linedUp, held.events())
                .mapToLong(event -> event.source().timestamp())
                // Else a record without one.
                .filter(timestamp -> timestamp >= 0)
                .min();
        return new Load(inHand, bytesInHand, lines.size(), oldest.orElse(Long.MAX_VALUE), partitions.size());
    }

    /** Of each of our partitions, the offset of the first event that was not yet read; negative if none ever was. */
    public synchronized Map<TopicPartition, Long> positions() {
        var positions = new HashMap<TopicPartition, Long>();
        partitions.forEach((partition, progress) -> positions.put(partition, progress.next()));
        return positions;
    }

    /** A partition is ours from now on. */
    public synchronized void assigned(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        partitions.put(partition, new OffsetTracker(committed));
        held.assigned();
    }

    /** A record was read: whether it is still to be done, and not done already by an earlier owner of its partition. */
    public synchronized boolean read(ConsumerRecord<?, ?> source) {
        var partition = partitions.get(new TopicPartition(source.topic(), source.partition()));
        return partition != null && partition.read(source.offset());
    }

    /** What is left out if reading goes on at this offset; empty if that is where it was expected to go on. */
    public synchronized Optional<OffsetGap> jump(TopicPartition partition, long offset) {
        return Optional.ofNullable(partitions.get(partition))
                .filter(progress -> progress.leftOut(offset) > 0)
                .map(progress -> new OffsetGap(partition, progress.next(), offset, progress.leftOut(offset)));
    }

    /** All before this offset was read: also what is no record, such as the end of a transaction. */
    public synchronized void readUpTo(TopicPartition partition, long offset) {
        var progress = partitions.get(partition);
        if (progress != null) {
            progress.readUpTo(offset);
        }
    }

    /**
     * Puts an event at the end of its group's line; or holds it, if it is not known yet which group that is.
     *
     * @return the line, if somebody should now go and work on it
     */
    public synchronized @Nullable String lineUp(GroupUpdateEvent event) {
        var partition = partitions.get(event.source().partition());
        if (partition == null || partition.isGivenUp()) {
            return null;
        }
        inHand++;
        bytesInHand += event.source().size();
        var passed = held.pass(event);
        return passed == null ? null : call(lined(passed, partition));
    }

    private Line lined(GroupUpdateEvent event, OffsetTracker partition) {
        var line = lines.computeIfAbsent(event.line(), Line::new);
        var update = new PendingUpdate(event);
        line.waiting.add(new Waiting(update, partition));
        held.linedUp(update);
        return line;
    }

    /** Lines up what is held and need not be any more. */
    private void lineUpHeld() {
        for (var event = held.next(); event != null; event = held.next()) {
            // None is held of a partition that is not ours.
            lined(event, Objects.requireNonNull(partitions.get(event.source().partition())));
        }
    }

    /** Whether Zoom has to be asked for the names of its groups before all can be lined up. */
    public synchronized boolean needsNames() {
        return !stopping && held.needNames();
    }

    /** Gives the first in line, to be worked on now; {@code null} if there is none, or it has to wait. */
    public synchronized @Nullable PendingUpdate begin(String name) {
        var line = lines.get(name);
        if (line == null) {
            return null;
        }
        line.called = false;
        var first = line.waiting.peek();
        if (first == null || mustWait(line, first.update)) {
            forgetIfIdle(line);
            return null;
        }
        line.working = true;
        working++;
        return first.update;
    }

    /**
     * Asks once more, after a wait or in the moment in which it is written, whether a request may be sent.
     *
     * @throws UpdateDeferredException if by now it should not be
     */
    public synchronized void mayBeSent(PendingUpdate update) throws UpdateDeferredException {
        if (stopping
                || working > atOnce
                || mayNotBeSent()
                || line(update).waiting.element().partition.isGivenUp()) {
            throw new UpdateDeferredException(update.toString());
        }
    }

    /**
     * Merges what waits behind an update into its request, just before that is sent: the more there is to do, the more
     * is merged, and a lone update waits for nobody. Those of another partition stay, since they may be given up.
     */
    public synchronized PendingUpdate merge(PendingUpdate update) {
        var line = line(update);
        var partition = line.waiting.element().partition;
        if (merges && update.canBeMerged()) {
            update.merge(line.waiting.stream()
                    .takeWhile(waiting -> waiting.partition == partition && waiting.update.canBeMerged())
                    .map(Waiting::update)
                    .skip(1)
                    .toList());
        }
        return update;
    }

    /**
     * The event, and what was merged into it, has its outcome: it can be committed, and the next of its group can be worked on.
     *
     * @return the line, if somebody should now go and work on it
     */
    public synchronized @Nullable String done(PendingUpdate update) {
        var line = line(update);
        for (var member : update.members()) {
            line.waiting.remove().partition.done(member.event().source().offset());
            held.left(member);
            notInHand(member.event());
        }
        unpublished.remove(update);
        line.notBefore = Instant.MIN;
        leave(line);
        return call(line);
    }

    /** The event stays first in line, and is {@link #due()} again at that time. */
    public synchronized void tryAgain(PendingUpdate update, Instant time) {
        var line = line(update);
        line.notBefore = time;
        if (update.isDecided()) {
            unpublished.add(update);
        }
        if (line.waiting.element().partition.isGivenUp()) {
            drop(line, Set.of());
        }
        leave(line);
        if (lines.remove(line.name, line)) {
            // To the end: whoever failed does not keep the others from trying.
            lines.put(line.name, line);
        }
    }

    /**
     * Sets how many events may be worked on at the same time. Who is over the limit now may finish.
     *
     * @param limit 0 for none; {@link Integer#MAX_VALUE} for as many as there are
     */
    public synchronized void atOnce(int limit) {
        atOnce = limit;
    }

    /** The updates that are worked on now. */
    public synchronized List<PendingUpdate> underWay() {
        return lines.values().stream()
                .filter(line -> line.working)
                .map(line -> line.waiting.element().update)
                .toList();
    }

    /** Whether no event is lined up. */
    public synchronized boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The lines that have events in hand. */
    public synchronized Set<String> lines() {
        return Set.copyOf(lines.keySet());
    }

    /** The lines whose wait is over: somebody should now go and work on them. */
    public synchronized List<String> due() {
        lineUpHeld();
        var due = new ArrayList<String>();
        for (var line : inTurn()) {
            if (due.size() == atOnce) {
                break;
            }
            var name = call(line);
            if (name != null) {
                due.add(name);
            }
        }
        return due;
    }

    /**
     * Those first that were tried least, so that groups that fail do not keep the others from trying. Where some have
     * failed, those that have not come in no order: many of them may be like those that have.
     */
    private List<Line> inTurn() {
        // What is worked on is not due, and its attempts are another thread's.
        var inTurn = new ArrayList<>(
                lines.values().stream().filter(line -> !line.working).toList());
        if (inTurn.stream().anyMatch(line -> line.attempts() > 0)) {
            Collections.shuffle(inTurn);
            inTurn.sort(Comparator.comparingInt(Line::attempts));
        }
        return inTurn;
    }

    /** Nothing new is begun and nothing more is read: the service stops. */
    public synchronized void stop() {
        stopping = true;
    }

    public synchronized boolean isStopping() {
        return stopping;
    }

    /** Whether reading should hold back. */
    public synchronized boolean isFull() {
        return stopping
                || atOnce == 0
                || inHand >= capacity
                || bytesInHand >= MOST_BYTES
                || partitions.values().stream().anyMatch(OffsetTracker::isFull);
    }

    /** How far each of our partitions is done. */
    public synchronized Map<TopicPartition, OffsetAndMetadata> committable() {
        return committable(partitions.keySet());
    }

    /**
     * Lets go of partitions: what waits is dropped, what is under way is finished.
     *
     * @param patience how long to wait for what is under way
     * @return how far each of them is done
     */
    public synchronized Map<TopicPartition, OffsetAndMetadata> giveUp(
            Collection<TopicPartition> leaving, Duration patience) throws InterruptedException {
        var deadline = clock.instant().plus(patience);
        for (var partition : leaving) {
            var progress = partitions.get(partition);
            if (progress != null) {
                progress.giveUp();
            }
        }
        held.giveUp(leaving).forEach(this::leftToNextOwner);
        for (var line : List.copyOf(lines.values())) {
            drop(line, line.working ? Set.copyOf(line.waiting.element().update.members()) : Set.of());
            forgetIfIdle(line);
        }
        while (isUnderWay(leaving)) {
            var left = Duration.between(clock.instant(), deadline).toMillis();
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        var done = committable(leaving);
        partitions.keySet().removeAll(List.copyOf(leaving));
        return done;
    }

    /** Forgets what waits of partitions that were given up; their next owner reads it again. */
    private void drop(Line line, Set<PendingUpdate> butNot) {
        line.waiting.removeIf(waiting -> {
            var drops = waiting.partition.isGivenUp() && !butNot.contains(waiting.update);
            if (drops) {
                held.left(waiting.update);
                unpublished.remove(waiting.update);
                leftToNextOwner(waiting.update.event());
            }
            return drops;
        });
    }

    private void leftToNextOwner(GroupUpdateEvent event) {
        EventLog.about(LOG.atDebug(), event, null)
                .log(
                        "left to the partition's next owner eventId={} source={}",
                        EventLog.shown(event.eventId()),
                        event.source());
        notInHand(event);
    }

    private void notInHand(GroupUpdateEvent event) {
        inHand--;
        bytesInHand -= event.source().size();
    }

    private boolean isUnderWay(Collection<TopicPartition> leaving) {
        return lines.values().stream()
                .filter(line -> line.working)
                .anyMatch(line -> leaving.contains(
                        line.waiting.element().update.event().source().partition()));
    }

    private Map<TopicPartition, OffsetAndMetadata> committable(Collection<TopicPartition> wanted) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : wanted) {
            var progress = partitions.get(partition);
            if (progress != null) {
                progress.committable().ifPresent(offset -> offsets.put(partition, offset));
            }
        }
        return offsets;
    }

    private Line line(PendingUpdate update) {
        var line = lines.get(update.event().line());
        if (line == null || !line.working || line.waiting.element().update != update) {
            throw new IllegalStateException("nobody works on " + update.event().source());
        }
        return line;
    }

    private void leave(Line line) {
        line.working = false;
        working--;
        notifyAll();
        forgetIfIdle(line);
    }

    private void forgetIfIdle(Line line) {
        if (line.waiting.isEmpty() && !line.working && !line.called) {
            lines.remove(line.name);
        }
    }

    /** Once for each time that somebody should come. */
    private @Nullable String call(Line line) {
        if (line.called || line.waiting.isEmpty() || mustWait(line, line.waiting.element().update)) {
            return null;
        }
        line.called = true;
        return line.name;
    }

    private boolean mustWait(Line line, PendingUpdate first) {
        return line.working
                || stopping
                || working >= atOnce
                || (!first.isDecided() && mayNotBeSent())
                || clock.instant().isBefore(line.notBefore);
    }

    /** In a pause, an outcome that waits for Kafka shows whether it is there: no new request has to be sent for that. */
    private boolean mayNotBeSent() {
        return !leased.getAsBoolean() || (atOnce < Integer.MAX_VALUE && !unpublished.isEmpty());
    }

    private record Waiting(PendingUpdate update, OffsetTracker partition) {}

    private static final class Line {
        final String name;
        final Deque<Waiting> waiting = new ArrayDeque<>();
        /** Somebody was told to come and work on it. */
        boolean called;
        /** Somebody works on the first of it. */
        boolean working;

        Instant notBefore = Instant.MIN;

        Line(String name) {
            this.name = name;
        }

        /** How often the first of it was tried. */
        int attempts() {
            var first = waiting.peek();
            return first == null ? 0 : first.update.attempts();
        }
    }
}
