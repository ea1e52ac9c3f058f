package groupsync.event;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.GroupUpdateEvent.Invalid;
import groupsync.event.GroupUpdateEvent.Valid;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** An event may have a field that the groups in Zoom do not have. */
class SupportedFieldsTest {

    private static final Set<String> CONTACTS = Set.of("name", "type", "description");
    private static final String EVENT =
            "{\"groupId\": \"g\", \"name\": \"n\", \"search_by_domain\": true," + " \"search_by_account\": false}";

    @Test
    void theEventIsRefusedWithTheNamesOfTheFields() {
        var event = (Invalid) read(CONTACTS, false, EVENT);

        assertThat(event.reason()).isEqualTo(Reason.UNSUPPORTED_FIELD);
        assertThat(event.message())
                .isEqualTo(
                        "contact groups have no search_by_domain, search_by_account; remove that from the event, or set"
                                + " zoom.unsupported-fields=drop");
        assertThat(event.groupId()).contains("g");
    }

    @Test
    void theFieldsAreDroppedIfThatIsSet() {
        var event = (Valid) read(CONTACTS, true, EVENT);

        assertThat(event.update().fields()).isEqualTo(Map.of("name", "n"));
        assertThat(event.notApplied()).containsExactly("search_by_domain", "search_by_account");
    }

    @Test
    void anEventOfWhichNothingIsLeftIsRefused() {
        var event = (Invalid) read(CONTACTS, true, "{\"groupId\": \"g\", \"search_by_domain\": true}");

        assertThat(event.reason()).isEqualTo(Reason.UNSUPPORTED_FIELD);
        assertThat(event.message())
                .isEqualTo("contact groups have no search_by_domain, and the event changes nothing else");
    }

    @Test
    void anEventWithoutSuchFieldsLosesNothing() {
        var event =
                (Valid) read(CONTACTS, true, "{\"groupId\": \"g\", \"description\": \"d\\n\", \"type\": \"shared\"}");

        assertThat(event.update().fields()).isEqualTo(Map.of("type", "shared", "description", "d\n"));
        assertThat(event.notApplied()).isEmpty();
    }

    private static GroupUpdateEvent read(Set<String> fields, boolean drop, String json) {
        var supported = new SupportedFields("contact groups", fields, drop);
        return new GroupUpdateReader(new GroupUpdateSchema(false), supported, UnaryOperator.identity(), true)
                .read(Events.unmapped(json));
    }
}
