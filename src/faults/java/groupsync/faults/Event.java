package groupsync.faults;

/**
 * A group update that the broker has.
 *
 * @param number counts the events of a run; it is the name that the group is to get, and so tells the requests apart
 */
record Event(String group, int number, Place place) {
    String name() {
        return String.valueOf(number);
    }
}
