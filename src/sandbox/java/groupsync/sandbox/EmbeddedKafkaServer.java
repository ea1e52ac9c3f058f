package groupsync.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;

/** The embedded broker as a process of its own, so that it can be killed and started again on its data. */
public final class EmbeddedKafkaServer {

    private EmbeddedKafkaServer() {}

    /**
     * Serves until its standard input ends, so it never outlives the process that started it.
     *
     * @param arguments the port, the directory of its data, and settings of the broker as {@code key=value}
     */
    @SuppressWarnings("resource") // ends with the process
    public static void main(String[] arguments) throws IOException {
        var more = new HashMap<String, String>();
        for (var i = 2; i < arguments.length; i++) {
            var setting = arguments[i].split("=", 2);
            more.put(setting[0], setting[1]);
        }
        new EmbeddedKafka(Integer.parseInt(arguments[0]), Path.of(arguments[1]), more);
        System.out.println("The broker listens on port " + arguments[0]);
        while (System.in.read() >= 0) {
            // Nothing that it is told means anything.
        }
        Runtime.getRuntime().halt(0);
    }
}
