package groupsync.groups;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.GroupUpdateSchema;
import groupsync.names.GroupIds;
import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import groupsync.sandbox.ZoomStandIn;
import groupsync.settings.GroupsToolSettings;
import groupsync.settings.SettingSources;
import groupsync.tool.Output;
import groupsync.tool.Program;
import groupsync.tool.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tool for groups, against a Zoom stand-in. */
class ListGroupsTest {

    private final ZoomStandIn zoom = new ZoomStandIn();
    private final Map<String, String> settings = new HashMap<>(zoom.settings());

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        zoom.close();
    }

    private record Run(int status, String out, String err) {

        /** Asserts a failure, which is one line on standard error and status 1; returns the line. */
        AbstractStringAssert<?> assertFailed() {
            assertThat(status).isEqualTo(1);
            assertThat(out).isEmpty();
            return assertThat(err.strip()).hasLineCount(1);
        }
    }

    private Run run(String... arguments) {
        return run(UTF_8, new ByteArrayOutputStream(), arguments);
    }

    private Run run(Charset charset, OutputStream to, String... arguments) {
        settings.putIfAbsent("zoom.retry.delay", "50ms");
        var output = new Output(to);
        var groups = new GroupsCommand(
                overrides -> {
                    var all = new HashMap<>(settings);
                    all.putAll(overrides);
                    return GroupsToolSettings.of(SettingSources.ofProcess(all));
                },
                new Terminal(60, false, false, true),
                output,
                Clock.systemUTC());
        var err = new StringWriter();
        var program = Program.with(groups.commandLine()).setErr(new PrintWriter(err));
        var all = new String[arguments.length + 2];
        all[0] = "groups";
        all[1] = "list";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        var status = Program.execute(program, output, charset, all);
        return new Run(status, to instanceof ByteArrayOutputStream bytes ? bytes.toString(UTF_8) : "", err.toString());
    }

    private Path file(String csv) throws IOException {
        return Files.writeString(directory.resolve("im.csv"), csv);
    }

    @Test
    void imGroupsAreOldOnesInCsv() {
        zoom.group("b", "Sales").group("a", "Zürich, \"the\" group").group("c", "Finance");

        // A terminal without umlauts changes nothing.
        var run = run(ISO_8859_1, new ByteArrayOutputStream(), "im", "--output", "csv");

        assertThat(run)
                .isEqualTo(
                        new Run(0, "old_id,new_id,name\nc,,Finance\nb,,Sales\na,,\"Zürich, \"\"the\"\" group\"\n", ""));
    }

    @Test
    void contactGroupsAreNewOnesInJson() {
        zoom.contactGroup("dir.1", "Zürich").contactGroup("dir.2", "Finance");

        var run = run("contacts", "--output", "json");

        assertThat(run.out()).isEqualTo("""
                {"newId":"dir.2","name":"Finance"}
                {"newId":"dir.1","name":"Z\\u00FCrich"}
                """);
    }

    @Test
    void theTableIsAsWideAsTheTerminal() {
        zoom.group("SobVexyrQjqCkcxjpBWi6w", "Finance").group("b", "Sales in all countries of the world and beyond");

        var run = run();

        assertThat(run.out()).isEqualTo("""
                OLD ID                  NAME
                SobVexyrQjqCkcxjpBWi6w  Finance
                b                       Sales in all countries of the world…
                """);
    }

    @Test
    void theFamilyIsThatOfTheSettingUnlessItIsNamed() {
        zoom.group("a", "Finance").contactGroup("dir.1", "Finance");

        var im = run("--output", "csv");
        settings.put("zoom.groups", "contacts");
        var contacts = run("--output", "csv");
        var named = run("im", "--output", "csv");

        assertThat(im.out()).isEqualTo("old_id,new_id,name\na,,Finance\n");
        assertThat(contacts.out()).isEqualTo("old_id,new_id,name\n,dir.1,Finance\n");
        assertThat(named).isEqualTo(im);
    }

    @Test
    void anAccountWithoutGroupsHasAnEmptyList() {
        assertThat(run("im", "--output", "csv")).isEqualTo(new Run(0, "old_id,new_id,name\n", ""));
        assertThat(run("contacts")).isEqualTo(new Run(0, "NAME\n", ""));
    }

    @Test
    void pagesAreAskedForOneByOneAndAFailedOneAgain() {
        IntStream.range(0, 120).forEach(i -> zoom.contactGroup("dir." + i, "Group " + i));
        zoom.answers(
                new StandInReply.AsZoom(),
                StandInReply.status(503),
                StandInReply.with(StandInReply.zoom(429, 429, "Too many requests"), "Retry-After", "1"));

        var run = run("contacts", "--output", "csv");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(121);
        assertThat(run.out().lines().distinct()).hasSize(121);
        assertThat(zoom.requests())
                .extracting(ReceivedRequest::method, ReceivedRequest::status)
                .map(request -> request.toString())
                .containsExactly(
                        "(\"GET\", 200)", "(\"GET\", 503)", "(\"GET\", 429)", "(\"GET\", 200)", "(\"GET\", 200)");
        for (var i = 1; i < zoom.requests().size(); i++) {
            var pause =
                    zoom.requests().get(i).begun() - zoom.requests().get(i - 1).ended();
            assertThat(Duration.ofNanos(pause)).isGreaterThanOrEqualTo(Duration.ofMillis(i == 3 ? 1_000 : 200));
        }
    }

    @Test
    void aPageThatFailsTooOftenEndsTheList() {
        IntStream.range(0, 60).forEach(i -> zoom.contactGroup("dir." + i, "Group " + i));
        settings.put("zoom.retry.attempts", "2");
        zoom.answers(new StandInReply.AsZoom(), StandInReply.status(503), StandInReply.status(503));

        var run = run("contacts", "--output", "csv");

        run.assertFailed().startsWith("the contact groups are not listed: 503 an empty answer; ");
        assertThat(zoom.requests()).hasSize(3);
    }

    @Test
    void aRefusedTokenIsRenewedOnce() {
        zoom.group("a", "Finance");
        zoom.answers(StandInReply.zoom(401, 124, "Invalid access token."));

        var run = run("im", "--output", "csv");

        assertThat(run.out()).isEqualTo("old_id,new_id,name\na,,Finance\n");
        assertThat(zoom.tokenRequests()).isEqualTo(2);
    }

    @Test
    void aTokenEndpointThatFailsIsAskedAgain() {
        zoom.tokenReply(StandInReply.status(503));
        settings.put("zoom.retry.attempts", "2");
        settings.put("zoom.retry.delay", "1s");

        run("im").assertFailed().endsWith("otherwise check the way to zoom.token-url");

        assertThat(zoom.tokenRequests()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            contacts | 401 | 124  | Invalid access token.                             | check the credentials, and that the app is still active in Zoom's marketplace
            contacts | 401 | 4700 | Invalid access token, expired or missing scopes.  | add the scope contact_group:read:admin (granular: contact_group:read:list_groups:admin) to the app
            im       | 400 | 4711 | Invalid access token, does not contain scopes:[x] | add the scope imgroup:read:admin (granular: contact_group:read:list_groups:admin) to the app
            contacts | 400 | 200  | Only available for paid account: x                | the account needs a paid plan for this API
            im       | 429 | 429  | You have reached the maximum daily rate limit     | wait for the next day, or ask Zoom for a higher limit
            """, quoteCharacter = '"')
    void aRefusalIsOneLineWithItsRemedy(String family, int status, int code, String message, String remedy) {
        zoom.answersAlways(StandInReply.zoom(status, code, message));

        var run = run(family);

        run.assertFailed()
                .startsWith("the " + (family.equals("im") ? "IM" : "contact") + " groups are not listed: " + status
                        + "/" + code + " " + message + "; ")
                .endsWith("; " + remedy);
    }

    @Test
    void aMovedAccountHasNoImGroups() {
        zoom.group("a", "Finance").moveAccount();

        run("im")
                .assertFailed()
                .isEqualTo(
                        "the IM groups are not listed: 410/4137 The IM Group APIs are no longer available.; Zoom moved"
                                + " the account to contact groups, and knows the old ids no more: take an earlier list, or names"
                                + " instead of ids; see docs/contact-groups.md");
    }

    @Test
    void wrongCredentialsAreOneLineWithoutTheSecret() {
        settings.put("zoom.client-secret", "wr0ng-secret");

        run("im").assertFailed().contains("zoom.client-secret").doesNotContain("wr0ng-secret");
    }

    @ParameterizedTest
    @CsvSource({
        "zoom.client-secret, '', zoom.client-secret: is missing; set zoom.account-id",
        "zoom.api-url, zoom.us/v2, zoom.api-url: 'zoom.us/v2' is not an http or https URL",
        "zoom.group, contacts, zoom.group: is no setting; the nearest one is zoom.groups",
        "zoom.api-url, http://127.0.0.1:1, 'the IM groups are not listed: '"
    })
    void aWrongSettingIsOneLine(String key, String value, String line) {
        settings.put(key, value);
        settings.put("zoom.retry.attempts", "1");

        run("im").assertFailed().startsWith(line);
    }

    @ParameterizedTest
    @CsvSource({"kafka.brokers, nonsense", "dry-run, yes", "topics.update, a", "zoom.group-ids-file, /no/such/file"})
    void needsNothingOfKafkasAndNoTable(String key, String value) {
        settings.put(key, value);

        assertThat(run("im").status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "--output xml", "im contacts", "im --match im.csv"})
    void wrongUsageHasStatusTwoAndAsksZoomNothing(String arguments) {
        var run = run(arguments.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Usage: zoom-group-sync groups list");
        assertThat(zoom.requests()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void failsIfTheDiskIsFull() throws IOException {
        try (var full = new FileOutputStream("/dev/full")) {
            run(UTF_8, full, "im", "--output", "csv")
                    .assertFailed()
                    .isEqualTo("the output is not complete: No space left on device");
        }
    }

    /** As an operator does: the list before the move, the same list with the new ids after it, and the service's table. */
    @Test
    void aListFromBeforeTheMoveBecomesATableOfIds() throws IOException {
        zoom.group("a", "Finance").group("b", "Sales").group("c", "Zürich").moveAccount();
        zoom.contactGroup("dir.1", "Finance")
                .contactGroup("dir.2", "Sales (Originally IM Group)")
                .contactGroup("dir.3", "Zürich")
                .contactGroup("dir.4", "Zürich (Originally IM Group)");
        var list = file("\uFEFFold_id,new_id,name\r\na,,Finance\r\nb,,Sales\r\nc,,Zürich\r\n");

        var run = run("contacts", "--match", list.toString(), "--output", "csv");

        assertThat(run)
                .isEqualTo(new Run(
                        0,
                        "old_id,new_id,name\na,dir.1,Finance\nb,dir.2,Sales\nc,dir.3,Zürich\n",
                        "3 of 3 groups have a new id.\n"));
        assertThat(new GroupIds(file(run.out()), new GroupUpdateSchema(true)).apply("b"))
                .isEqualTo("dir.2");
    }

    @Test
    void groupsWithoutOneMatchAreCountedAndKeepAnEmptyId() throws IOException {
        zoom.contactGroup("dir.1", "Finance").contactGroup("dir.2", "Twins").contactGroup("dir.3", "Twins");
        var list = file("""
                old_id,new_id,name
                a,,Finance
                b,,Twins
                c,,Gone
                d,dir.9,By hand
                e,,Same
                f,,Same
                """);
        zoom.contactGroup("dir.4", "Same");

        var run = run("contacts", "--match", list.toString(), "--output", "csv");

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("""
                old_id,new_id,name
                a,dir.1,Finance
                b,,Twins
                c,,Gone
                d,dir.9,By hand
                e,,Same
                f,,Same
                """);
        assertThat(run.err())
                .isEqualTo(
                        "2 of 6 groups have a new id. Without one: 1 whose name no contact group has, 3 whose name is"
                                + " not unique. Fill in their new ids, or remove their lines.\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a,,Finance{n}b      | , line 2: no old id or no name
            ,dir.1,Finance      | , line 1: no old id or no name
            a,,"Finance         | , line 1: a quote in the wrong place, so the rest of the file is not read
            """)
    void aListWithABadLineIsRefused(String csv, String problem) throws IOException {
        var list = file(csv.replace("{n}", "\n"));

        run("contacts", "--match", list.toString()).assertFailed().isEqualTo(list + problem);

        assertThat(zoom.requests()).isEmpty();
    }

    @Test
    void aListThatIsMissingIsNamed() {
        run("contacts", "--match", "no.csv").assertFailed().startsWith("no.csv cannot be read: ");
    }
}
