package groupsync.deadletters.replay;

import groupsync.deadletters.topic.RecordPosition;

/** The updates of one group in one partition: Kafka keeps an order only within a partition. */
record GroupPartition(String group, String topic, int partition) {

    static GroupPartition of(String group, RecordPosition update) {
        return new GroupPartition(group, update.topic(), update.partition());
    }
}
