package groupsync.deadletters;

/** Updates of one group in one partition: there is an order only within a partition. */
record Line(String group, String topic, int partition) {

    static Line of(String group, Place update) {
        return new Line(group, update.topic(), update.partition());
    }
}
