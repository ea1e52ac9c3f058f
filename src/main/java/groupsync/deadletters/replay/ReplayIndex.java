package groupsync.deadletters.replay;

import groupsync.deadletters.topic.RecordPosition;
import groupsync.deadletters.topic.Replay;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The letters that were replayed, one bit each; and of some groups, the origins of the replayed updates. */
final class ReplayIndex {

    private static final int BLOCK = 4_096;

    private final Set<String> groups;
    private final Map<Block, BitSet> letters = new HashMap<>();
    private final Map<RecordPosition, RecordPosition> origins = new HashMap<>();

    ReplayIndex(Set<String> groups) {
        this.groups = groups;
    }

    void add(Replay replay) {
        letters.computeIfAbsent(Block.of(replay.letter()), block -> new BitSet())
                .set((int) (replay.letter().offset() % BLOCK));
        if (replay.source() != null && groups.contains(Objects.requireNonNullElse(replay.groupId(), ""))) {
            // Notes are read in their order, so the origin of this one's source is known.
            origins.put(replay.update(), origin(replay.source()));
        }
    }

    boolean contains(RecordPosition letter) {
        var block = letters.get(Block.of(letter));
        return block != null && block.get((int) (letter.offset() % BLOCK));
    }

    /** The position of an update before any replay: a replay makes no update younger. */
    RecordPosition origin(RecordPosition update) {
        return origins.getOrDefault(update, update);
    }

    private record Block(int partition, long number) {
        static Block of(RecordPosition letter) {
            return new Block(letter.partition(), letter.offset() / BLOCK);
        }
    }
}
