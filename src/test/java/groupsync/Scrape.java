package groupsync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Metrics in Prometheus' text format. */
public record Scrape(String text) {

    private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    public record Series(String name, Map<String, String> labels, double value) {}

    public List<Series> series() {
        var all = new ArrayList<Series>();
        for (var line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
            var series = SERIES.matcher(line);
            if (!series.matches()) {
                throw new AssertionError("not a line of Prometheus' text format: " + line);
            }
            var labels = new TreeMap<String, String>();
            if (series.group(2) != null) {
                LABEL.matcher(series.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            }
            all.add(new Series(series.group(1), labels, number(series.group(3))));
        }
        return all;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** The sum of all series with this name and at least these labels, each {@code name=value}. */
    public double value(String name, String... labels) {
        return series().stream()
                .filter(series -> series.name().equals(name))
                .filter(series -> Stream.of(labels).allMatch(label -> {
                    var parts = label.split("=", 2);
                    return parts[1].equals(series.labels().get(parts[0]));
                }))
                .mapToDouble(Series::value)
                .sum();
    }

    /** The types of the metrics by their names, from the {@code # TYPE} lines. */
    Map<String, String> types() {
        var types = new TreeMap<String, String>();
        text.lines().filter(line -> line.startsWith("# TYPE ")).forEach(line -> {
            var words = line.split(" ", -1);
            types.put(words[2], words[3]);
        });
        return types;
    }

    /** The names of the labels of a metric, without {@code le} of its buckets. */
    Set<String> labels(String metric) {
        var labels = new TreeSet<String>();
        series().stream()
                .filter(series ->
                        series.name().replaceAll("_(bucket|count|sum)$", "").equals(metric)
                                || series.name().equals(metric))
                .forEach(series -> labels.addAll(series.labels().keySet()));
        labels.remove("le");
        return labels;
    }
}
