package groupsync.faults;

/** Where an event stands in the updates topic. */
record Place(int partition, long offset) {
    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
