package groupsync.faults;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGKILL at any moment. */
@Tag("faults")
class KillsIT {

    private static final int KILLS = Integer.getInteger("faults.kills", 4);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void losesNothingWhenKilledAgainAndAgainUnderLoad(int seed) {
        Kills.run(KILLS, Seeds.FIRST + seed);
    }

    @Test
    void losesNothingOfWhatIsMergedEither() {
        Kills.runMerging(KILLS, Seeds.FIRST);
    }
}
