package groupsync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs the scenarios one after the other, and writes what came of them. */
public final class Benchmark {

    private static final Path TARGET = Path.of("target", "benchmark");

    private Benchmark() {}

    /** Ends with a status other than 0 if a system did not apply all its events. */
    public static void main(String[] arguments) throws IOException {
        var begun = System.nanoTime();
        Files.createDirectories(TARGET);
        var sizes = Boolean.getBoolean("benchmark.short")
                ? Sizes.tiny()
                : Sizes.full(Boolean.getBoolean("benchmark.million"));
        List<String> failures;
        try (var broker = new Broker()) {
            var scenarios = new Scenarios(broker, sizes);
            run(scenarios);
            failures = scenarios.failures();
        }
        System.out.printf("It took %d s.%n", (System.nanoTime() - begun) / 1_000_000_000L);
        failures.forEach(failure -> System.err.println("FAILED: " + failure));
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    private static void run(Scenarios scenarios) throws IOException {
        Map<String, Supplier<Section>> all = new LinkedHashMap<>();
        all.put("1", scenarios::rateLimited);
        all.put("2", scenarios::slow);
        all.put("3", scenarios::fast);
        all.put("4", scenarios::fewGroups);
        all.put("5", scenarios::instances);
        all.put("6", scenarios::growth);
        all.put("7", scenarios::idle);
        all.put("8", scenarios::start);
        var only = System.getProperty("benchmark.only", "");
        if (!only.isBlank()) {
            all.keySet().retainAll(List.of(only.replace(" ", "").split(",", -1)));
        }
        var sections = new ArrayList<Section>();
        scenarios.warmUp();
        for (var scenario : all.values()) {
            var section = scenario.get();
            sections.add(section);
            System.out.println("\n" + section.title() + "\n" + section.note() + "\n\n" + Report.table(section));
            // After each, so that what is done is kept if a later one fails.
            Files.writeString(TARGET.resolve("benchmark.md"), Report.markdown(sections));
            Files.writeString(TARGET.resolve("benchmark.svg"), BarPlot.svg(sections));
        }
    }
}
