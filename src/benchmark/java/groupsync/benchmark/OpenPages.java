package groupsync.benchmark;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a service for what the open pages of browsers ask it. The browsers' own work is not measured: it is on other machines. */
final class OpenPages implements AutoCloseable {

    private static final List<String> ASKED = List.of("health", "status");

    private final ScheduledExecutorService schedule;
    private final AtomicInteger answers = new AtomicInteger();
    private final int port;

    OpenPages(int pages, int port) {
        this.port = port;
        schedule = Executors.newScheduledThreadPool(Math.max(1, pages));
        for (var i = 0; i < pages; i++) {
            // As in page.js.
            var unused = schedule.scheduleWithFixedDelay(this::ask, 0, 2, TimeUnit.SECONDS);
        }
    }

    private void ask() {
        try {
            for (var path : ASKED) {
                ask(path);
            }
        } catch (IOException e) {
            // It does not listen yet, or is not ready: a page, too, asks again.
        }
    }

    private void ask(String path) throws IOException {
        var address = URI.create("http://127.0.0.1:" + port + "/observe/" + path);
        try (var answer = address.toURL().openStream()) {
            answer.readAllBytes();
            answers.incrementAndGet();
        }
    }

    int answers() {
        return answers.get();
    }

    @Override
    public void close() {
        schedule.shutdownNow();
    }
}
