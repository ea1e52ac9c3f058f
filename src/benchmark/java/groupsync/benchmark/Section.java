package groupsync.benchmark;

import java.util.List;

/**
 * What the report says of one scenario.
 *
 * @param bars what the plot shows of it
 */
record Section(String title, String note, List<String> header, List<List<String>> rows, List<Bar> bars) {

    /** One bar of the plot. */
    record Bar(String label, double value, String unit) {}
}
