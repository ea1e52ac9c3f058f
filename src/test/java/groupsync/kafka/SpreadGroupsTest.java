package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.LogLines;
import groupsync.event.Events;
import org.junit.jupiter.api.Test;

class SpreadGroupsTest {

    private final SpreadGroups spread = new SpreadGroups();

    @Test
    void aGroupOfSeveralPartitionsIsReportedOnce() {
        try (var log = new LogLines(SpreadGroups.class)) {
            spread.seen(Events.update("g").at(0, 1));
            spread.seen(Events.update("g").at(0, 2));
            spread.seen(Events.update("other").at(1, 1));
            assertThat(log.all()).isEmpty();

            spread.seen(Events.update("g").at(1, 2));
            spread.seen(Events.update("g").at(0, 3));

            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .contains("come from several partitions", "groupId=g", "partitions=0,1");
        }
    }

    @Test
    void atMostAHundredGroupsAreReported() {
        try (var log = new LogLines(SpreadGroups.class)) {
            for (var i = 0; i < 200; i++) {
                spread.seen(Events.update("g" + i).at(0, i));
                spread.seen(Events.update("g" + i).at(1, i));
            }

            assertThat(log.all()).hasSize(100);
            assertThat(log.all().get(99)).contains("no more groups are reported");
        }
    }
}
