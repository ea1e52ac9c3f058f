package groupsync.event;

import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** The functions of jq, without those that see the machine, and with an end to the work on one record. */
final class BoundedJq {

    /** Calls of functions, and their results, for one record. */
    private static final int MOST_STEPS = 1_000_000;

    private final Scope scope = Scope.newEmptyScope();
    private int steps;

    BoundedJq() {
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
        scope.getLocalFunctions().forEach((name, function) -> scope.addFunction(name, bounded(function)));
        // The environment holds secrets.
        scope.addFunction("env", 0, (inner, arguments, in, path, output, version) -> {
            throw new JsonQueryException("env is not available");
        });
    }

    Scope scope() {
        return scope;
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
