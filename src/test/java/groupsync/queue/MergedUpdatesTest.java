package groupsync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MergedUpdatesTest extends QueuesFixture {

    @Test
    void mergesTheWaitingUpdatesOfAGroupInTheirOrder() {
        add("finance", ONE, 10, 11);
        add("sales", ONE, 12);
        add("finance", ONE, 13);

        var merged = takeMerged();

        assertThat(merged.members().toString()).isEqualTo("[updates-1-10, updates-1-11, updates-1-13]");
    }

    @Test
    void acknowledgesMergedUpdatesTogether() {
        add("finance", ONE, 10, 11);
        var merged = takeMerged();
        add("finance", ONE, 12);

        queues.acknowledge(merged);

        assertThat(poll()).hasToString("updates-1-12");
        assertThat(partitions.committable().get(ONE).offset()).isEqualTo(12);
    }

    @Test
    void mergesNothingWhereMergingIsOff() {
        queues = queues(100, false);
        add("finance", ONE, 10, 11);

        assertThat(takeMerged().isMerged()).isFalse();
    }

    /** Otherwise an update that fails would keep the others from Zoom. */
    @Test
    void mergesNothingIntoARequestThatWasSentBefore() {
        add("finance", ONE, 10);
        fail(takeMerged());
        add("finance", ONE, 11);

        assertThat(takeMerged().members()).hasSize(1);
    }

    @Test
    void keepsTheMergedUpdatesOfARequestThatIsSentAgain() {
        add("finance", ONE, 10, 11);
        fail(takeMerged());

        assertThat(takeMerged().members()).hasSize(2);
    }

    @Test
    void sendsSeparatedUpdatesOneByOne() {
        add("finance", ONE, 10, 11);
        var merged = takeMerged();
        merged.attempted(clock.instant());
        merged.separate();
        putBack(merged);
        add("finance", ONE, 12);

        var first = takeMerged();
        assertThat(first.members().toString()).isEqualTo("[updates-1-10]");
        queues.acknowledge(first);

        assertThat(takeMerged().members().toString()).isEqualTo("[updates-1-11]");
    }

    /** That partition may be revoked during the request. */
    @Test
    void mergesNothingOfAnotherPartition() {
        add("finance", ONE, 10);
        add("finance", TWO, 20);

        assertThat(takeMerged().isMerged()).isFalse();
    }

    @Test
    void keepsMergedUpdatesTogetherWhenTheirPartitionIsRevoked() {
        add("finance", ONE, 10, 11);
        var merged = takeMerged();
        add("finance", ONE, 12);

        var offset = revoke(ONE).offset();
        queues.acknowledge(merged);

        assertThat(offset).isEqualTo(10);
        assertThat(queues.isEmpty()).isTrue();
    }
}
