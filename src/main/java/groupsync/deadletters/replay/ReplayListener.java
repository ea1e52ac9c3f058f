package groupsync.deadletters.replay;

import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.Replay;

/** Reports a replay. */
public interface ReplayListener {

    /** The letter was sent. */
    void sent(Replay replay);

    /** The letter was held back: it is larger than the updates topic allows. */
    void tooLarge(DeadLetter letter);

    /** Nothing more is sent. */
    void done(ReplaySummary summary);

    /** A signal ended the replay before its last letter, after {@link #done}. */
    void interrupted();
}
