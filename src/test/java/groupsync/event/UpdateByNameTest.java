package groupsync.event;

import static groupsync.event.Reading.SMALLEST;
import static groupsync.event.Reading.refused;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.GroupUpdateEvent.ByName;
import groupsync.event.GroupUpdateEvent.Invalid;
import groupsync.event.GroupUpdateEvent.Valid;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Updates that name their group, with {@code events.group-names=true}. */
class UpdateByNameTest {

    private final GroupUpdateReader reader = new GroupUpdateReader(new GroupUpdateSchema(true, true));

    @Test
    void isReadWithTheNameAsItIs() {
        var source = Events.json("{\"eventId\": \"e1\", \"groupName\": \" Finance \", \"name\": \"Money\"}");

        var event = reader.read(new MappedRecord.Unchanged(source));

        assertThat(event).isEqualTo(new ByName(source, "e1", " Finance ", Map.of("name", "Money"), List.of()));
        assertThat(event.reference().name()).isEqualTo(" Finance ");
        assertThat(event.groupId()).isEmpty();
    }

    @Test
    void mayHaveAnIdInstead() {
        var event = (Valid) reader.read(Events.unmapped(SMALLEST));

        assertThat(event.update()).isEqualTo(new GroupUpdate("g", Map.of("name", "n")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"name": "n"} | /: has no groupId and no groupName
                    {"groupId": "g", "groupName": "n", "name": "n"} | /: has both groupId and groupName
                    {"groupName": "", "name": "n"} | /groupName: is shorter than the least, 1 character; /groupName: '' is blank
                    {"groupName": " ", "name": "n"} | /groupName: ' ' is blank
                    {"groupName": 5, "name": "n"} | /groupName: 5 is not of type string
                    {"groupName": null, "name": "n"} | /groupName: null is not of type string
                    {"groupName": "a\\nb", "name": "n"} | /groupName: 'a\\nb' is or holds a control character
                    {"groupName": "\\ud83d", "name": "n"} | /groupName: holds half of a surrogate pair, which is no character
                    {"groupName": "n"} | /name: is missing
                    {"group_name": "n", "groupId": "g", "name": "n"} | /group_name: is no field of a group update
                    [] | /: [] is not of type object
                    """)
    void isRefusedWithTheFieldAtFault(String json, String message) {
        assertThat(reader.read(Events.unmapped(json)))
                .extracting("reason", "message")
                .containsExactly(Reason.INVALID_EVENT, message);
    }

    @Test
    void hasAtMost128CharactersOfAName() {
        var longest = named("\ud83d\ude00".repeat(128));
        var longer = named("\ud83d\ude00".repeat(129));

        assertThat(longest).isInstanceOf(ByName.class);
        assertThat(((Invalid) longer).message()).isEqualTo("/groupName: 129 characters are more than the most, 128");
        assertThat(longer.reference().name()).isNull();
    }

    private GroupUpdateEvent named(String groupName) {
        return reader.read(Events.unmapped("{\"groupName\": \"" + groupName + "\", \"name\": \"n\"}"));
    }

    @Test
    void needsNoNewNameUnlessItIsRequired() {
        var lenient = new GroupUpdateReader(new GroupUpdateSchema(false, true));

        var event = lenient.read(Events.unmapped("{\"groupName\": \"Finance\", \"type\": \"shared\"}"));
        var nothing = (Invalid) lenient.read(Events.unmapped("{\"groupName\": \"Finance\"}"));

        assertThat(event).isInstanceOf(ByName.class);
        assertThat(nothing.message()).startsWith("/: changes none of name, type");
    }

    @Test
    void isRefusedWithTheKeyThatAllowsIt() {
        var event = refused("{\"groupName\": \"Finance\", \"name\": \"n\"}");

        assertThat(event.message())
                .contains("/groupId: is missing")
                .contains("/groupName: is no field of a group update while events.group-names=false");
        assertThat(event.reference().name()).isNull();
    }
}
