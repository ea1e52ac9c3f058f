package groupsync.observe;

import com.fasterxml.jackson.annotation.JsonInclude;
import groupsync.delivery.OutcomeListener;
import groupsync.event.Excerpt;
import groupsync.event.Outcome;
import groupsync.event.Reason;
import groupsync.queue.PendingUpdate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** The latest dead letters of this process, without the events. Its memory is bounded: their number, and the length of each text. */
final class RecentLetters implements OutcomeListener {

    static final int MOST = 20;
    /** In UTF-16 units, as that of a group id. */
    static final int LONGEST = 256;

    private final Deque<Letter> letters = new ArrayDeque<>(MOST);

    /**
     * A dead letter. {@code message} and {@code groupId} are texts from outside.
     *
     * @param at the time of the refusal, ISO-8601
     * @param place partition and offset in the dead-letter topic, as in the tool for dead letters: {@code 3@17}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Letter(
            String at,
            Reason reason,
            @Nullable String message,
            @Nullable String groupId,
            @Nullable String place) {

        private static Letter of(Outcome outcome, Reason reason, @Nullable RecordMetadata position) {
            return new Letter(
                    outcome.completedAtText(),
                    reason,
                    excerpt(outcome.message()),
                    excerpt(outcome.groupId()),
                    position == null || !position.hasOffset() ? null : position.partition() + "@" + position.offset());
        }

        private static @Nullable String excerpt(@Nullable String text) {
            return text == null ? null : Excerpt.onOneLine(text, LONGEST);
        }
    }

    @Override
    public synchronized void published(PendingUpdate update) {
        for (var member : update.members()) {
            var outcome = member.outcome();
            var reason = outcome == null ? null : outcome.reason();
            // A comparison that found no group has a reason, and no dead letter.
            if (outcome != null && reason != null && outcome.isRefused()) {
                if (letters.size() == MOST) {
                    letters.removeFirst();
                }
                letters.addLast(Letter.of(outcome, reason, member.deadLetter()));
            }
        }
    }

    /** The latest first. */
    synchronized List<Letter> latest() {
        var latest = new ArrayList<>(letters);
        Collections.reverse(latest);
        return latest;
    }
}
