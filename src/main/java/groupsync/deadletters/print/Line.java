package groupsync.deadletters.print;

import groupsync.deadletters.topic.RecordPosition;

/** Updates of one group in one partition: there is an order only within a partition. */
public record Line(String group, String topic, int partition) {

    public static Line of(String group, RecordPosition update) {
        return new Line(group, update.topic(), update.partition());
    }
}
