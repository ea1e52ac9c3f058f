package groupsync.sandbox;

/**
 * A sample update.
 *
 * @param expected its outcome: the status, and the reason of a rejection
 */
record Sample(String title, String key, String value, String expected) {

    boolean isRejected() {
        return expected.startsWith("REJECTED");
    }
}
