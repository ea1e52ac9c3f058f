package groupsync.event;

import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/** The functions of jq, without those that see the machine, and with an end to the work on one record. */
final class BoundedJq {

    /** Calls of functions, and their results, for one record. */
    private static final int MOST_STEPS = 1_000_000;

    private @Nullable Scope scope;
    private int steps;

    /** Loads the functions at the first call: a service without a mapping does not need them. */
    Scope scope() {
        var loaded = scope;
        if (loaded == null) {
            loaded = load();
            scope = loaded;
        }
        return loaded;
    }

    private Scope load() {
        var functions = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, functions);
        functions.getLocalFunctions().forEach((name, function) -> functions.addFunction(name, bounded(function)));
        // The environment holds secrets.
        functions.addFunction("env", 0, (inner, arguments, in, path, output, version) -> {
            throw new JsonQueryException("env is not available");
        });
        return functions;
    }

    /** The work on another record begins. */
    void restart() {
        steps = 0;
    }

    private Function bounded(Function function) {
        return (inner, arguments, in, path, output, version) -> {
            step();
            function.apply(
                    inner,
                    arguments,
                    in,
                    path,
                    (value, place) -> {
                        step();
                        output.emit(value, place);
                    },
                    version);
        };
    }

    private void step() {
        steps++;
        if (steps > MOST_STEPS) {
            throw new MappingStoppedException("it takes more than " + MOST_STEPS + " steps");
        }
    }
}
