package groupsync.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.operators.MultiplyOperator;
import net.thisptr.jackson.jq.path.ArrayIndexPath;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/**
 * Puts a bound around each expression in the tree of a filter or function, which is the only place where all loops pass and
 * all values grow. jackson-jq has no hook there, so this sets the fields of its tree by reflection.
 */
final class BoundedTree {

    private static final String LIBRARY = "net.thisptr.jackson.jq.";

    private final JqBound bound;

    BoundedTree(JqBound bound) {
        this.bound = bound;
    }

    /** Changes the tree: a query, a function, or any part of them. */
    void change(Object part) {
        for (Class<?> type = part.getClass();
                type.getName().startsWith(LIBRARY) && !(part instanceof Scope);
                type = type.getSuperclass()) {
            for (var field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !field.getType().isPrimitive()
                        && !part.getClass().isEnum()) {
                    change(part, field);
                }
            }
        }
    }

    private void change(Object part, Field field) {
        try {
            field.setAccessible(true);
            var value = field.get(part);
            if (value != null) {
                field.set(part, bounded(value));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object bounded(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(this::bounded).toList();
        }
        if (value instanceof Pair<?, ?> pair) {
            return Pair.of(bounded(pair._1), bounded(pair._2));
        }
        if (value instanceof MultiplyOperator operator) {
            return new BoundedMultiply(operator, bound);
        }
        change(value);
        return value instanceof Expression expression ? new Bounded(expression, bound) : value;
    }

    private record Bounded(Expression expression, JqBound bound) implements Expression {

        @Override
        public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            bound.evaluated();
            expression.apply(
                    scope,
                    in,
                    path,
                    (value, place) -> {
                        bound.made(value);
                        if (place instanceof ArrayIndexPath) {
                            checkIndex(place);
                        }
                        output.emit(value, place);
                    },
                    requirePath);
        }

        /** An assignment fills an array up to the index. */
        private void checkIndex(Path place) throws JsonQueryException {
            var keys = JsonNodeFactory.instance.arrayNode();
            place.toJsonNode(keys);
            bound.check(keys.get(keys.size() - 1).asDouble());
        }
    }

    /** The operator that repeats a text, which may make much of little. */
    private record BoundedMultiply(BinaryOperator operator, JqBound bound) implements BinaryOperator {

        @Override
        public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right) throws JsonQueryException {
            if (left.isTextual()) {
                bound.check(left.textValue().length() * right.asDouble());
            } else if (right.isTextual()) {
                bound.check(right.textValue().length() * left.asDouble());
            }
            return operator.apply(mapper, left, right);
        }

        @Override
        public String image() {
            return operator.image();
        }
    }
}
