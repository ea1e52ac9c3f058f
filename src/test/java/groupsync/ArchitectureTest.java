package groupsync;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packages and the arrows between them: one way, and the queues in the middle. */
class ArchitectureTest {

    /** Each package with the packages that it may use. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("release", Set.of()),
            Map.entry("event", Set.of()),
            Map.entry("queue", Set.of("event")),
            Map.entry("zoom", Set.of("event", "queue", "release")),
            Map.entry("kafka", Set.of("event", "queue")),
            Map.entry("delivery", Set.of("event", "queue", "zoom")),
            Map.entry("names", Set.of("event", "queue", "zoom", "delivery")),
            Map.entry("settings", Set.of("zoom")),
            Map.entry("observe", Set.of("event", "queue", "zoom", "kafka", "delivery", "settings", "release")),
            Map.entry("tool", Set.of("release")),
            Map.entry("deadletters", Set.of("event", "settings", "tool")),
            Map.entry("groups", Set.of("zoom", "delivery", "names", "settings", "tool")),
            Map.entry("trial", Set.of("event", "deadletters", "tool")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPackagesOf(GroupSyncApplication.class)
            .that(DescribedPredicate.describe("of the service", ArchitectureTest::isOfService));

    private static boolean isOfService(JavaClass type) {
        var outermost = type.getName().replaceFirst("\\$.*", "").replace('.', '/');
        return Files.exists(Path.of("src/main/java", outermost + ".java"));
    }

    private static String room(JavaClass type) {
        var name = type.getPackageName().replaceFirst("^groupsync\\.?", "");
        return name.replaceFirst("\\..*", "");
    }

    @Test
    void eachPackageUsesOnlyThePackagesBelowIt() {
        var arrows = CLASSES.stream()
                .filter(type -> ARROWS.containsKey(room(type)))
                .collect(Collectors.groupingBy(
                        ArchitectureTest::room,
                        Collectors.flatMapping(
                                type -> type.getDirectDependenciesFromSelf().stream()
                                        .map(dependency -> dependency.getTargetClass())
                                        .filter(target ->
                                                target.getPackageName().startsWith("groupsync."))
                                        .map(ArchitectureTest::room)
                                        .filter(target -> !target.equals(room(type))),
                                Collectors.toCollection(TreeSet::new))));

        ARROWS.forEach((room, allowed) ->
                assertThat(allowed).as(room).containsAll(arrows.getOrDefault(room, new TreeSet<>())));
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        slices().matching("groupsync.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theQueuesKnowNeitherCamelNorZoomNorMetrics() {
        var foreign = CLASSES.stream()
                .filter(type -> room(type).equals("queue"))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getName())
                .filter(name -> name.startsWith("org.apache.camel")
                        || name.startsWith("io.micrometer")
                        || name.startsWith("org.apache.hc"));

        assertThat(foreign).isEmpty();
    }
}
