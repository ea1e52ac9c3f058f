package groupsync.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes each update as soon as it can be taken, as any number of workers would. */
public final class Workers {

    private final GroupQueues queues;
    private final Map<String, PendingUpdate> taken = new LinkedHashMap<>();

    public Workers(GroupQueues queues) {
        this.queues = queues;
    }

    /** Takes what can be taken now, and gives the names of the queues. */
    public List<String> takeAll() {
        var names = new ArrayList<String>();
        for (var update = poll(); update != null; update = poll()) {
            names.add(update.event().queue());
            taken.put(update.event().queue(), update);
        }
        return names;
    }

    /** The update of this queue that was taken last; {@code null} if there is none. */
    public @Nullable PendingUpdate find(String queue) {
        takeAll();
        return taken.remove(queue);
    }

    public PendingUpdate take(String queue) {
        return Objects.requireNonNull(find(queue), queue);
    }

    /** Takes the update of this queue, and merges those behind it into it. */
    public PendingUpdate merged(String queue) {
        var update = take(queue);
        queues.merge(update);
        return update;
    }

    private @Nullable PendingUpdate poll() {
        try {
            return queues.poll(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
