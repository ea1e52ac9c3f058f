package groupsync.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** The replies that a test has asked for: to the next requests, to those for one group, or to all. */
final class ReplyScript {

    volatile StandInReply always = new StandInReply.AsZoom();

    private final Queue<StandInReply> next = new ConcurrentLinkedQueue<>();
    private final Map<String, Function<ReceivedRequest, StandInReply>> perGroup = new ConcurrentHashMap<>();

    void next(StandInReply... replies) {
        next.addAll(List.of(replies));
    }

    void forGroup(String id, Function<ReceivedRequest, StandInReply> reply) {
        perGroup.put(id, reply);
    }

    StandInReply reply(ReceivedRequest request) {
        var reply = next.poll();
        return reply != null
                ? reply
                : perGroup.getOrDefault(request.groupId(), any -> always).apply(request);
    }
}
