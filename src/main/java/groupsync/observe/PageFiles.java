package groupsync.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;

/** The files of the page, read once. Each has a fixed path: no path of a request becomes the name of a file. */
final class PageFiles {

    private static final String PAGE = "/observe/";

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final ContentType HTML = ContentType.create("text/html", StandardCharsets.UTF_8);
    private static final ContentType CSS = ContentType.create("text/css", StandardCharsets.UTF_8);
    private static final ContentType SCRIPT = ContentType.create("text/javascript", StandardCharsets.UTF_8);
    private static final ContentType SVG = ContentType.create("image/svg+xml", StandardCharsets.UTF_8);

    /** The page's own files, by their names in the resource folder {@code page}. */
    private static final Map<String, ContentType> OWN = Map.of(
            "page.css", CSS,
            "page.js", SCRIPT,
            "dom.js", SCRIPT,
            "state.js", SCRIPT,
            "figures.js", SCRIPT,
            "rates.js", SCRIPT,
            "plot.js", SCRIPT,
            "tables.js", SCRIPT,
            "icon.svg", SVG);

    /** The content of one file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record PageFile(byte[] content, ContentType type) {

        private static PageFile of(String resource, ContentType type) {
            try (var stream = PageFiles.class.getResourceAsStream(resource)) {
                if (stream == null) {
                    throw new IllegalStateException(resource + " is not on the class path");
                }
                return new PageFile(stream.readAllBytes(), type);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private PageFiles() {}

    /** The files by their paths. */
    static Map<String, PageFile> read() {
        var files = new HashMap<String, PageFile>();
        files.put(PAGE, PageFile.of("/page/page.html", HTML));
        OWN.forEach((name, type) -> files.put(PAGE + name, PageFile.of("/page/" + name, type)));
        files.put(PAGE + "uPlot.css", PageFile.of(UPLOT + "uPlot.min.css", CSS));
        files.put(PAGE + "uPlot.js", PageFile.of(UPLOT + "uPlot.iife.min.js", SCRIPT));
        return files;
    }
}
