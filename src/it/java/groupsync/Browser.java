package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.sandbox.TemporaryDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window, by Debian's driver. Nothing is downloaded. */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final TemporaryDirectory profile = TemporaryDirectory.create("chromium");
    private final ChromeDriver driver;

    private Browser() {
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile.path());
        if (System.getProperty("user.name").equals("root")) {
            options.addArguments("--no-sandbox");
        }
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
    }

    /** Starts it. Where it is not installed, the test is skipped, and says so. */
    static Browser start() {
        Assumptions.assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "the page was not seen: " + CHROMIUM + " or " + DRIVER
                        + " is missing (apt-get install chromium chromium-driver)");
        return new Browser();
    }

    void open(String url) {
        driver.get(url);
    }

    void reload() {
        driver.navigate().refresh();
    }

    /** Shows the page at this width, in pixels, in the colours {@code light} or {@code dark}. */
    void shows(int width, String colours) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** The visible text of an element. */
    String text(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    /** The value of an expression in the page. */
    Object value(String expression) {
        return driver.executeScript("return " + expression);
    }

    void run(String script) {
        driver.executeScript(script);
    }

    /** Types into what has the focus. */
    void types(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Saves a picture of the whole page. */
    void picture(Path file) {
        var size = driver.executeScript("return [innerWidth, document.documentElement.scrollHeight]");
        var numbers = (List<?>) size;
        var picture = driver.executeCdpCommand(
                "Page.captureScreenshot",
                Map.of(
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", 0, "width", numbers.get(0), "height", numbers.get(1), "scale", 1)));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(String.valueOf(picture.get("data"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The findings of axe-core: what keeps people with disabilities out. */
    List<?> barriers() {
        driver.executeScript(axe());
        var found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document).then(
                    result => done(result.violations.map(found => found.id + ": " + found.help + " "
                        + found.nodes.map(node => node.html + " " + node.failureSummary).join("; "))),
                    failure => done([String(failure)]));""");
        return (List<?>) found;
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            assertThat(script).isNotNull();
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of its console since the last call. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(line -> line.getLevel() + " " + line.getMessage())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
        profile.close();
    }
}
