package groupsync.names;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.Events;
import groupsync.event.GroupUpdateEvent.Invalid;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.queue.Backlog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnresolvedEventsTest extends NamesFixture {

    @Test
    void addsAnEventAtOnceIfItsNameIsKnown() {
        zoomLists(FINANCE);

        assertThat(arrives(byName("Finance", 10))).isEqualTo("g1");
        assertThat(take("g1").event().groupId()).contains("g1");
        assertThat(queues.needsNames()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listsAgainAfterFiveMinutesOrAnAssignment(boolean assigned) {
        zoomLists(FINANCE);
        if (assigned) {
            queues.assigned(TWO, null);
        } else {
            clock.advance(Duration.ofMinutes(5));
        }

        isHeldForTheList(byName("Finance", 10));
    }

    @Test
    void findsAGroupByItsOtherNameIfNoGroupHasTheName() {
        otherName = name -> Optional.of(name + " (Originally IM Group)");
        zoomLists(Map.of("g1", "Finance (Originally IM Group)", "g2", "Sales", "g3", "Sales (Originally IM Group)"));

        assertThat(arrives(byName("Finance", 10))).isEqualTo("g1");
        assertThat(arrives(byName("Sales", 11))).isEqualTo("g2");

        var found = take("g1").event().reference();
        assertThat(found.name()).isEqualTo("Finance");
        assertThat(found.matchedName()).isEqualTo("Finance (Originally IM Group)");
        assertThat(take("g2").event().reference().matchedName()).isNull();
    }

    @Test
    void namesBothNamesIfNoGroupHasEither() {
        otherName = name -> Optional.of(name + "!");
        zoomLists(FINANCE);
        isHeldForTheList(byName("Sales", 10));

        zoomLists(FINANCE);

        assertThat(((Invalid) take("\nupdates-1-10").event()).message())
                .isEqualTo("no group has the name 'Sales' or 'Sales!'");
    }

    @Test
    void waitsForTheUpdateThatTakesTheOtherNameFromItsGroup() {
        otherName = name -> Optional.of(name + "!");
        zoomLists(Map.of("g1", "Finance!"));
        assertThat(arrives(Events.update("g1", "Money").at(ONE, 10))).isEqualTo("g1");

        assertThat(arrives(byName("Finance", 11))).isNull();
        assertThat(queues.needsNames()).isFalse();
        apply("g1");

        assertThat(takeAll()).isEmpty();
        assertThat(queues.needsNames()).isTrue();
    }

    @Test
    void listsAgainIfAKnownGroupIsNotFound() {
        zoomLists(FINANCE);
        arrives(byName("Finance", 10));
        var update = take("g1");
        update.attempted(clock.instant());

        finish(update, Status.REJECTED, Reason.GROUP_NOT_FOUND);

        isHeldForTheList(byName("Finance", 11));
    }

    @Test
    void holdsAnEventUntilItsNameIsKnown() {
        isHeldForTheList(byName("Finance", 10));

        zoomLists(FINANCE);

        assertThat(takeAll()).containsExactly("g1");
        assertThat(take("g1")).hasToString("updates-1-10");
        assertThat(queues.needsNames()).isFalse();
    }

    @Test
    void holdsAllEventsBehindItInItsPartitionAndNoneOfAnother() {
        isHeldForTheList(byName("Finance", 10));
        isHeldForTheList(byId("g1", "Finance", 11));
        isHeldForTheList(
                Events.invalid(Reason.INVALID_EVENT, "/name: is missing").at(ONE, 12));
        assertThat(arrives(Events.update("g2", "Sales").at(TWO, 20))).isEqualTo("g2");

        zoomLists(FINANCE);

        assertThat(takeAll()).containsExactly("g1", "\nupdates-1-12");
        assertThat(takeMerged("g1").members()).hasToString("[updates-1-10, updates-1-11]");
    }

    @Test
    void oneListRefusesARowOfUnknownNames() {
        for (var offset = 10; offset < 13; offset++) {
            arrives(byName("unknown-" + offset, offset));
        }

        zoomLists(FINANCE);

        assertThat(takeAll()).containsExactly("\nupdates-1-10", "\nupdates-1-11", "\nupdates-1-12");
        assertThat(refusal("\nupdates-1-11").reason()).isEqualTo(Reason.GROUP_NOT_FOUND);
        assertThat(queues.needsNames()).isFalse();
    }

    @Test
    void refusesANameOnlyIfTheListWasStartedAfterwards() {
        zoomLists(FINANCE);
        assertThat(arrives(byName("Sales", 10))).isNull();
        names.startListing();
        arrives(Events.byName("Legal", "Legal").at(TWO, 20));
        names.listed(FINANCE);

        assertThat(takeAll()).containsExactly("\nupdates-1-10");
        assertThat(queues.needsNames()).isTrue();
    }

    @Test
    void aRefusalNamesGroupsWithNearlyTheSameName() {
        arrives(Events.byName("finance ", "Money").at(ONE, 10));

        zoomLists(Map.of("g1", "Finance", "g2", "Money"));

        var refusal = refusal("\nupdates-1-10");
        assertThat(refusal.message())
                .isEqualTo("no group has the name 'finance '; one has the name 'Finance', which differs in case or"
                        + " blanks; one has the name 'Money' already, which the event gives");
        assertThat(refusal.reference().name()).isEqualTo("finance ");
        assertThat(refusal.groupId()).isEmpty();
    }

    @Test
    void heldEventsArePending() {
        var small = queues(2);
        small.assigned(ONE, null);
        small.add(byName("Finance", 10));
        var before = small.isFull();

        small.add(byId("g1", "n", 11));

        assertThat(before).isFalse();
        assertThat(small.isFull()).isTrue();
        var bytes = 2 * Events.source(ONE, 10).size();
        assertThat(small.backlog()).isEqualTo(new Backlog(2, bytes, 0, 10, 2));
        zoomLists(FINANCE);
        small.addResolved();
        assertThat(small.backlog()).isEqualTo(new Backlog(2, bytes, 1, 10, 2));
    }

    @Test
    void commitsNothingBeyondAHeldEvent() {
        arrives(byId("g1", "Sales", 10));
        arrives(byName("Finance", 11));
        arrives(byId("g1", "Sales", 12));

        apply("g1");
        assertThat(partitions.committable().get(ONE).offset()).isEqualTo(11);

        zoomLists(Map.of("g1", "Sales", "g2", "Finance"));
        apply("g2");
        apply("g1");
        assertThat(partitions.committable().get(ONE).offset()).isEqualTo(13);
    }

    @Test
    void dropsTheHeldEventsOfARevokedPartition() throws Exception {
        arrives(byName("Finance", 10));
        arrives(byId("g1", "n", 11));
        arrives(Events.byName("Finance", "Finance").at(TWO, 20));

        assertThat(revokeOne().offset()).isEqualTo(10);

        assertThat(queues.backlog().events()).isEqualTo(1);
        assertThat(queues.backlog().bytes()).isEqualTo(Events.source(TWO, 20).size());
        zoomLists(FINANCE);
        assertThat(takeAll()).containsExactly("g1");
        assertThat(takeMerged("g1").members()).hasToString("[updates-2-20]");
    }

    @Test
    void readsHeldEventsAgainIfTheirPartitionComesBack() throws Exception {
        arrives(byName("Finance", 10));
        queues.assigned(ONE, revokeOne());

        arrives(byName("Finance", 10));
        zoomLists(FINANCE);
        apply("g1");

        assertThat(partitions.committable().get(ONE).offset()).isEqualTo(11);
    }

    @Test
    void needsNoNamesAfterARevocationOrAStop() throws Exception {
        arrives(byName("Finance", 10));
        revokeOne();
        assertThat(queues.needsNames()).isFalse();
        arrives(Events.byName("Finance", "Finance").at(TWO, 20));

        queues.stop();

        assertThat(queues.needsNames()).isFalse();
    }

    private Invalid refusal(String queue) {
        return (Invalid) take(queue).event();
    }

    private OffsetAndMetadata revokeOne() throws InterruptedException {
        return queues.revoke(List.of(ONE), Duration.ZERO).get(ONE);
    }
}
