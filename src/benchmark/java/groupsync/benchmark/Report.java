package groupsync.benchmark;

import java.util.Collections;
import java.util.List;

/** The report in Markdown. */
final class Report {

    private static final String HEAD = """
            # How fast it is

            `plain` is a KafkaConsumer, a thread pool and the same HTTP client, without any promise: what is possible here.
            `parallel` is Confluent's Parallel Consumer, ordered by key. `service` is zoom-group-sync.jar. All of them run in a
            process of their own, with the options that the image gives the JVM in a container of 512 MB, on the same broker,
            and send the same requests to the same stand-in for Zoom. Processors: %d, for all of it. Java %s.

            Rates are measured at Zoom, from the first request to the last, so the start of a JVM is not in them; where a limit
            holds, they are the slope of the line through all arrivals, so that a burst at the start does not count as speed.
            CPU seconds are those of the process from its first request on; memory is the highest that the system saw.
            """;

    private Report() {}

    static String markdown(List<Section> sections) {
        var text = new StringBuilder(
                HEAD.formatted(Runtime.getRuntime().availableProcessors(), System.getProperty("java.version")));
        for (var section : sections) {
            text.append("\n## ").append(section.title()).append("\n\n");
            text.append(section.note()).append("\n\n").append(table(section));
        }
        return text.toString();
    }

    static String table(Section section) {
        var text = new StringBuilder();
        text.append(row(section.header()));
        text.append(row(Collections.nCopies(section.header().size(), "---")));
        section.rows().forEach(row -> text.append(row(row)));
        return text.toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
