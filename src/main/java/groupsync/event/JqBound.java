package groupsync.event;

import com.fasterxml.jackson.databind.JsonNode;

/** How much a filter may do, and how much it may make, for one record. */
final class JqBound {

    /** Evaluated expressions, and their results. */
    private static final int MOST_STEPS = 1_000_000;
    /** Characters of a text, values in an array or an object. */
    private static final int LARGEST = 1_000_000;
    /** Many large results cost memory too, so a result counts as more steps the larger it is. */
    private static final int SIZE_OF_A_STEP = 32;

    private long steps;

    /** The work on another record begins. */
    void restart() {
        steps = 0;
    }

    void evaluated() {
        add(1);
    }

    void made(JsonNode value) {
        var size = value.isTextual() ? value.textValue().length() : value.size();
        check(size);
        add(1 + size / SIZE_OF_A_STEP);
    }

    private void add(int more) {
        steps += more;
        if (steps > MOST_STEPS) {
            throw new MappingStoppedException("it takes more than " + MOST_STEPS + " steps");
        }
    }

    /** Checks a size before it is made. */
    void check(double size) {
        if (size > LARGEST) {
            throw new MappingStoppedException("it makes a value of more than " + LARGEST + " characters or values");
        }
    }
}
