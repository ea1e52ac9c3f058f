package groupsync.faults;

/** The position of an event in the updates topic. */
record Place(int partition, long offset) {
    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
