package groupsync.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter in jq makes a group update of a record's value. */
class EventMappingTest {

    @TempDir
    private Path directory;

    private EventMapping mapping(String filter) throws IOException {
        return EventMapping.in(Files.writeString(directory.resolve("m.jq"), filter));
    }

    private MappedRecord mapped(String filter, SourceRecord record) throws IOException {
        return mapping(filter).map(record);
    }

    @Test
    void itsOutputIsTheUpdate() throws IOException {
        var record = Events.json("{\"id\": \"g\", \"title\": \"Money\"}");

        var mapped = (MappedRecord.Changed) mapped("# a comment\n{groupId: .id, name: .title}", record);

        assertThat(mapped.json()).hasToString("{\"groupId\":\"g\",\"name\":\"Money\"}");
        assertThat(mapped.source()).isSameAs(record);
    }

    @Test
    void keyHeadersTopicAndTimestampAreVariables() throws IOException {
        var record = Events.source("{\"id\":7}".getBytes(UTF_8), "{}".getBytes(UTF_8), Events.header("h", "v"));

        var mapped = (MappedRecord.Changed) mapped("[$key.id, $headers.h, $topic, $timestamp]", record);

        assertThat(mapped.json()).hasToString("[7,\"v\",\"updates\",1795409100123]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain | "plain"
            5     | 5
            ``    | ""
            {"a   | "{\\"a"
            """)
    void aKeyIsJsonOrText(String key, String seen) throws IOException {
        var record = Events.source(key.getBytes(UTF_8), "{}".getBytes(UTF_8));

        assertThat(((MappedRecord.Changed) mapped("$key", record)).json()).hasToString(seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "null", "select(.a == 2)", "if .a == 1 then empty else . end"})
    void noOutputMeansThatTheRecordIsForeign(String filter) throws IOException {
        assertThat(mapped(filter, Events.json("{\"a\": 1}"))).isInstanceOf(MappedRecord.Foreign.class);
    }

    @Test
    void aTombstoneIsForeign() throws IOException {
        assertThat(mapped("error(\"not called\")", Events.source(null, null))).isInstanceOf(MappedRecord.Foreign.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1, 2                                     | it has several outputs, and one record has one outcome
            try (1, 2) catch 3                       | it has several outputs, and one record has one outcome
            range(infinite)                          | it has several outputs, and one record has one outcome
            [range(infinite)]                        | it takes more than 1000000 steps
            try [range(infinite)] catch 1            | it takes more than 1000000 steps
            reduce range(infinite) as $i (0; . + $i) | it takes more than 1000000 steps
            def r: 1, r; last(r)                     | it calls itself without end
            def f: f; f                              | it calls itself without end
            error("no column NAME")                  | no column NAME
            .name + 1                                | string ("n") and number (1) cannot be added
            env                                      | env is not available
            """)
    void aFailureRefusesTheRecord(String filter, String message) throws IOException {
        var mapped = (MappedRecord.Refused) mapped(filter, Events.json("{\"name\": \"n\"}"));

        assertThat(mapped.reason()).isEqualTo(Reason.INVALID_EVENT);
        assertThat(mapped.message()).isEqualTo("events.mapping fails: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '`', textBlock = """
            [range(60)] | [.[] as $a | .[] as $b | .[] as $c | .[] as $d | 1] § it takes more than 1000000 steps
            (.name * 900000) as $big | [range(1000) | $big + "x"] | length § it takes more than 1000000 steps
            [range(900000) | "x"] | add § it takes more than 1000000 steps
            reduce range(60) as $i (.name; . + .) § it makes a value of more than 1000000 characters or values
            [range(60)] | reduce .[] as $i ("ab"; . + .) § it makes a value of more than 1000000 characters or values
            [range(60)] | reduce .[] as $i ("ab"; . += .) § it makes a value of more than 1000000 characters or values
            [range(60)] | reduce .[] as $i ("ab"; "\\(.)\\(.)") § it makes a value of more than 1000000 characters or values
            [range(60)] | reduce .[] as $i ([1]; . + .) § it makes a value of more than 1000000 characters or values
            .name * 1000001 § it makes a value of more than 1000000 characters or values
            1000001 * .name § it makes a value of more than 1000000 characters or values
            .name *= 1000001 § it makes a value of more than 1000000 characters or values
            def f: . + . | f; .name | f § it makes a value of more than 1000000 characters or values
            [] | .[1000000000] = 1 § it makes a value of more than 1000000 characters or values
            """)
    void aResultThatGrowsWithoutEndRefusesTheRecord(String filter, String message) throws IOException {
        var mapped = (MappedRecord.Refused) mapped(filter, Events.json("{\"name\": \"n\"}"));

        assertThat(mapped.message()).isEqualTo("events.mapping fails: " + message);
    }

    @Test
    void aLargeResultThatIsNotTooLargeIsMade() throws IOException {
        var mapped = (MappedRecord.Changed)
                mapped("[.name * 1000000, ([range(100000)] | length)]", Events.json("{\"name\": \"n\"}"));

        assertThat(mapped.json().get(0).textValue()).hasSize(1_000_000);
        assertThat(mapped.json().get(1).intValue()).isEqualTo(100_000);
    }

    @Test
    void goesOnAfterAFailure() throws IOException {
        var mapping = mapping("if .bad then [range(infinite)] else . end");

        assertThat(mapping.map(Events.json("{\"bad\": true}"))).isInstanceOf(MappedRecord.Refused.class);
        assertThat(mapping.map(Events.json("{\"bad\": false}"))).isInstanceOf(MappedRecord.Changed.class);
    }

    @Test
    void aValueThatIsNoJsonIsMalformed() throws IOException {
        var mapped = (MappedRecord.Refused) mapped(".", Events.json("{"));

        assertThat(mapped.reason()).isEqualTo(Reason.MALFORMED_JSON);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {groupId: .id          ; Encountered "<EOF>" at line 1, column 13.
            {groupId: "unended     ; Encountered "<EOF>" at line 1, column 18.
            .a § .b                ; Lexical error at line 1, column 4.
            .a | no_such_function  ; Function no_such_function/0 does not exist
            {a: $no_such_variable} ; $no_such_variable is not defined
            """)
    void aWrongFilterIsFoundBeforeTheFirstRecord(String filter, String message) {
        assertThatThrownBy(() -> mapping(filter))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatItMakesIsCheckedAsEver() throws IOException {
        var mapped = mapped("{groupId: .id, name: 5}", Events.json("{\"id\": \"g\"}"));

        var event = (GroupUpdateEvent.Invalid) new GroupUpdateReader(new GroupUpdateSchema(true)).read(mapped);

        assertThat(event.reason()).isEqualTo(Reason.INVALID_EVENT);
        assertThat(event.message())
                .isEqualTo("/name: 5 is not of type string; events.mapping made {\"groupId\":\"g\",\"name\":5}");
        assertThat(event.groupId()).contains("g");
    }
}
