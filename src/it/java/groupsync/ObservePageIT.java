package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.StandInReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The page of the shipped jar in a real browser. Its pictures are in {@code target/page}. */
class ObservePageIT {

    private static final int[] WIDTHS = {1280, 390};
    private static final String[] COLOURS = {"light", "dark"};
    /** For how long the page watches the load, which is the length of the plot: {@code -Dpage.seconds=120}. */
    private static final Duration WATCHED = Duration.ofSeconds(Integer.getInteger("page.seconds", 10));

    private static final String NO_GROUP = "NoSuchGroupInZoom00000";
    private static final String SALES = "SobVexyrQjqCkcxjpBWi6w";
    /** Counts what the page asks for from now on. */
    private static final String ASKED = "performance.getEntriesByType('resource').length";

    private final Browser browser = Browser.start();

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @AfterEach
    void close() {
        browser.close();
    }

    private JavaProcess start() {
        var service = ServiceProcess.start(groupSync.settings());
        // At first, nothing listens.
        await().ignoreExceptions().until(() -> groupSync.health("/ready").statusCode() == 200);
        browser.shows(1280, "light");
        browser.open("http://127.0.0.1:" + groupSync.settings().get("management.port") + "/observe/");
        return service;
    }

    private void says(String selector, String... texts) {
        await().untilAsserted(() -> assertThat(browser.text(selector)).contains(texts));
    }

    /** Looks at the page on a screen and on a telephone, in light and in dark. */
    private void isWellShown(String name) {
        for (var width : WIDTHS) {
            for (var colours : COLOURS) {
                browser.shows(width, colours);
                browser.picture(Path.of("target", "page", name + "-" + width + "-" + colours + ".png"));

                assertThat(browser.barriers())
                        .as(name + " " + width + " " + colours)
                        .isEmpty();
                assertThat(browser.value("document.documentElement.scrollWidth"))
                        .isEqualTo((long) width);
            }
        }
    }

    private void sendsRefusedUpdates() {
        groupSync.zoom().unknown(NO_GROUP);
        for (var i = 0; i < 3; i++) {
            groupSync.receives(NO_GROUP);
        }
        groupSync.receives(SALES, "{\"groupId\":\"" + SALES + "\",\"name\":\"Sales\",\"type\":\"secret\"}");
        groupSync.receives(SALES, "{\"groupId\":");
    }

    @Test
    void showsTheServiceUnderLoadAndInAPause() {
        groupSync.with("zoom.requests-per-second", "30").with("zoom.pause.probe-interval", "30s");
        try (var service = start()) {
            says("#announcement", "Running");
            says("#letters", "None");
            sendsRefusedUpdates();
            says("#letters", NO_GROUP, "Group does not exist:" + NO_GROUP, "malformed-json");
            // More than the limit lets through meanwhile.
            groupSync.sends(12_000, 12_000);
            says("#limit", "of 30 requests/s");
            await().pollDelay(WATCHED).until(() -> browser.text("#answers").contains("applied\n204"));
            isWellShown("load");

            groupSync.zoom().answersAlways(StandInReply.status(503));
            says("#announcement", "Paused: Zoom", "UNAVAILABLE http=503", "Remedy: nothing to do but wait");
            says("#times", "since", "next probe", "in ");
            says("#waiting", ",");
            await().pollDelay(WATCHED.dividedBy(4)).until(() -> true);
            isWellShown("pause");
            assertThat(browser.value("document.title")).isEqualTo("Paused: Zoom – zoom-group-sync");

            service.kill();
            says("#announcement", "No answer", "no connection", "check that the process runs");
            says("#times", "since");
            isWellShown("silent");
        }
    }

    @Test
    void showsTheServiceAgainWhenItAnswersAgain() {
        try (var first = start()) {
            says("#announcement", "Running");
            first.kill();
            says("#announcement", "No answer", "no connection", "check that the process runs");
        }
        try (var second = ServiceProcess.start(groupSync.settings())) {
            says("#announcement", "Running");

            assertThat(browser.text("#times")).isEmpty();
            assertThat(second.isAlive()).isTrue();
        }
    }

    @Test
    void asksForNothingWhileItsTabIsHidden() {
        try (var service = start()) {
            says("#announcement", "Running");
            browser.run("""
                    Object.defineProperty(document, "hidden", { configurable: true, get: () => window.away });
                    window.turn = away => { window.away = away; document.dispatchEvent(new Event("visibilitychange")); };
                    turn(true);""");
            // The answers to what it has asked for before.
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            var before = browser.value(ASKED);

            await().pollDelay(Duration.ofSeconds(7)).until(() -> true);

            assertThat(browser.value(ASKED)).isEqualTo(before);
            browser.run("turn(false)");
            await().until(() -> !browser.value(ASKED).equals(before));
            assertThat(service.isAlive()).isTrue();
        }
    }

    @Test
    void asksForOneThingAtATimeAndAgainTwoSecondsLater() {
        try (var service = start()) {
            await().until(() -> (Long) browser.value(ASKED) > 24);

            var times = (List<?>) browser.value("""
                    performance.getEntriesByType("resource").filter(one => /(health|status)$/.test(one.name))
                        .flatMap(one => [one.name.replace(/.*[/]/, ""), one.startTime, one.responseEnd])""");

            for (var i = 3; i < times.size(); i += 3) {
                var begun = ((Number) times.get(i + 1)).doubleValue();
                var pause = times.get(i).equals("health") ? 1_990 : 0;
                assertThat(times.get(i)).isEqualTo(times.get(i - 3).equals("health") ? "status" : "health");
                assertThat(begun).isGreaterThanOrEqualTo(((Number) times.get(i - 1)).doubleValue() + pause);
            }
            assertThat(service.isAlive()).isTrue();
        }
    }

    /** A text of an event, or of Zoom's reply, is never a part of the page. */
    @Test
    void showsHostileTextsAsTexts() throws Exception {
        var hostile = "<img src=x onerror=window.hit=1><script>window.hit=1</script>\u202E";
        try (var service = start()) {
            groupSync.receives(
                    "a",
                    Topics.JSON
                            .createObjectNode()
                            .put("groupId", hostile)
                            .put("name", "n")
                            .put("type", hostile)
                            .toString());

            says("#letters", "<img src=x onerror=window.hit=1><script>");

            assertThat(browser.value("window.hit")).isNull();
            assertThat(browser.value("document.querySelectorAll('img, #letters script').length"))
                    .isEqualTo(0L);
            assertThat(browser.console()).isEmpty();
            assertThat(service.isAlive()).isTrue();
        }
    }

    @Test
    void copiesTheCommandOfALetterByKeyboard() {
        try (var service = start()) {
            groupSync.receives(SALES, "{");
            says("#letters", "dead-letters show 0@0");
            browser.run("document.querySelector('#letters button').focus()");

            browser.types(Keys.ENTER);

            says("#letters button", "Copied");
            browser.run("""
                    const field = document.body.appendChild(document.createElement("textarea"));
                    field.id = "pasted";
                    field.focus();""");
            browser.types(Keys.chord(Keys.CONTROL, "v"));
            assertThat(browser.value("document.getElementById('pasted').value"))
                    .isEqualTo("java -jar zoom-group-sync.jar dead-letters show 0@0");
            assertThat(service.isAlive()).isTrue();
        }
    }

    @Test
    void keepsItsPlotWhenItIsLoadedAgain() {
        var points = "JSON.parse(sessionStorage.getItem('zoom-group-sync.rates')).rates.length";
        try (var service = start()) {
            await().until(() -> browser.value("sessionStorage.length").equals(1L) && (Long) browser.value(points) >= 3);

            browser.reload();

            says("#announcement", "Running");
            assertThat((Long) browser.value(points)).isGreaterThan(3);
            assertThat(service.isAlive()).isTrue();
        }
    }
}
