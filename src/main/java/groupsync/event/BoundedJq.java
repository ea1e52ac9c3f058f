package groupsync.event;

import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/** A filter and the functions of jq, without those that see the machine, and with an end to the work on one record. */
final class BoundedJq {

    private final JqBound bound = new JqBound();
    private final BoundedTree tree = new BoundedTree(bound);
    private @Nullable Scope scope;

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
        // Some are filters themselves.
        functions.getLocalFunctions().values().forEach(tree::change);
        // The environment holds secrets.
        functions.addFunction("env", 0, (inner, arguments, in, path, output, version) -> {
            throw new JsonQueryException("env is not available");
        });
        return functions;
    }

    /**
     * A filter whose work on one record ends.
     *
     * @throws JsonQueryException if the text is no filter
     */
    JsonQuery compile(String text) throws JsonQueryException {
        var filter = JsonQuery.compile(text, Versions.JQ_1_6);
        tree.change(filter);
        return filter;
    }

    /** The work on another record begins. */
    void restart() {
        bound.restart();
    }
}
