package groupsync.faults;

/**
 * A group update in the topic.
 *
 * @param number counts the events of a run; it is also the new name of the group, and so identifies the request
 */
record Event(String group, int number, Place place) {
    String name() {
        return String.valueOf(number);
    }
}
