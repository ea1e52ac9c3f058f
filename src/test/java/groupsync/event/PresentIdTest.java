package groupsync.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events of groups that have another id by now. */
class PresentIdTest {

    private final GroupUpdateReader reader = new GroupUpdateReader(
            new GroupUpdateSchema(true, true),
            SupportedFields.ALL,
            id -> Map.of("old", "dir.new").getOrDefault(id, id),
            true);

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"groupId": "old", "name": "n"}                   | dir.new | old
            {"groupId": "old", "name": ""}                    | dir.new | old
            {"groupId": "old", "groupName": "o", "name": "n"} | dir.new | old
            {"groupId": "dir.new", "name": "n"}               | dir.new |
            {"groupId": "other", "name": "n"}                 | other   |
            {"groupId": "other", "name": ""}                  | other   |
            {"groupName": "old", "name": "n"}                 |         |
            """)
    void anEventHasThePresentIdOfItsGroupAndRefersToTheOldOne(String json, String present, String old) {
        var event = reader.read(Events.unmapped(json));

        assertThat(event.groupId().orElse(null)).isEqualTo(present);
        assertThat(event.reference().oldId()).isEqualTo(old);
    }

    @ParameterizedTest
    @CsvSource({"old", "dir.new"})
    void eventsWithBothIdsAreInOneQueue(String id) {
        var event = reader.read(Events.unmapped("{\"groupId\": \"" + id + "\", \"name\": \"n\"}"));

        assertThat(event.queue()).isEqualTo("dir.new");
    }
}
