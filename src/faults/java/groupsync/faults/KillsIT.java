package groupsync.faults;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGKILL at any moment. */
@Tag("faults")
class KillsIT {

    private static final int KILLS = Form.count("faults.kills", 4, 2);

    static List<Long> seeds() {
        return Seeds.ALL;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void losesNothingWhenKilledAgainAndAgainUnderLoad(long seed) {
        Kills.run(KILLS, seed);
    }

    @Test
    void losesNothingOfMergedUpdates() {
        Kills.runMerging(KILLS, Seeds.FIRST);
    }
}
