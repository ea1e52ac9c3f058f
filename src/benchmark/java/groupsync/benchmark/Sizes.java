package groupsync.benchmark;

import java.util.List;

/**
 * How much is done.
 *
 * @param steady events where a limit of 80 requests a second holds, so many that Java has compiled in the second half
 * @param limited events where this limit holds
 * @param seconds of a run at the limit under real latency
 * @param limits requests a second, under real latency
 * @param instances that share a limit, under real latency
 */
record Sizes(
        int steady,
        int limited,
        int slow,
        int fast,
        int backlog,
        int backlogGroups,
        List<Integer> growth,
        int singles,
        int idleSeconds,
        int starts,
        int mapped,
        int warmUp,
        int seconds,
        List<Integer> limits,
        List<Integer> instances) {

    static Sizes full(boolean million) {
        var growth = million ? List.of(10_000, 100_000, 1_000_000) : List.of(10_000, 100_000);
        return new Sizes(
                4000,
                1600,
                10_000,
                60_000,
                20_000,
                200,
                growth,
                60,
                20,
                5,
                100_000,
                5000,
                Integer.getInteger("benchmark.seconds"),
                List.of(4, 10, 30, 80),
                List.of(2, 3, 4));
    }

    /** Enough to see that all of it works. */
    static Sizes tiny() {
        return new Sizes(160, 160, 300, 500, 600, 40, List.of(1000), 4, 1, 1, 300, 200, 4, List.of(80), List.of(2));
    }
}
