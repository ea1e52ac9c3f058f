package groupsync.names;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.Events;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.queue.PendingUpdate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PendingRenamesTest extends NamesFixture {

    @Test
    void waitsForARenameToTheName() {
        zoomLists(FINANCE);
        arrives(byId("g1", "Money", 10));
        assertThat(arrives(byName("Money", 11))).isNull();
        assertThat(queues.needsNames()).isFalse();

        apply("g1");

        assertThat(take("g1")).hasToString("updates-1-11");
    }

    @Test
    void waitsForNoUpdateThatKeepsTheName() {
        zoomLists(Map.of("g1", "Finance", "g2", "Sales"));
        arrives(byId("g1", "Finance", 10));
        arrives(byId("g2", "Selling", 11));

        arrives(Events.byName("Finance", "Finance").at(TWO, 20));
        apply("g1");

        assertThat(take("g1")).hasToString("updates-2-20");
    }

    @Test
    void listsAgainAfterARenameWithAnUnknownEnd() {
        var rename = renameOfFinance();
        rename.attempted(clock.instant());

        finish(rename, Status.FAILED, Reason.RETRIES_EXHAUSTED);

        assertThat(takeAll()).isEmpty();
        assertThat(queues.needsNames()).isTrue();
    }

    @Test
    void keepsTheNamesAfterARenameThatWasNotSent() {
        var rename = renameOfFinance();

        finish(rename, Status.DRY_RUN, null);

        assertThat(takeAll()).containsExactly("g1");
    }

    @Test
    void keepsARenameThatTheListMayLack() {
        zoomLists(FINANCE);
        arrives(byId("g1", "Money", 10));
        names.startListing();
        apply("g1");
        names.listed(FINANCE);

        assertThat(arrives(byName("Money", 11))).isEqualTo("g1");
    }

    /** A taken rename of Finance, with an event behind it that names Finance. */
    private PendingUpdate renameOfFinance() {
        zoomLists(FINANCE);
        arrives(byId("g1", "Money", 10));
        arrives(byName("Finance", 11));
        return take("g1");
    }
}
