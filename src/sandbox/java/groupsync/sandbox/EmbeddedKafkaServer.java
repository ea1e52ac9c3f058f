package groupsync.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;

/** The embedded broker in a process of its own: a test can kill it and start it again on its data. */
public final class EmbeddedKafkaServer {

    private EmbeddedKafkaServer() {}

    /**
     * Serves until the end of its standard input, so it never outlives the process that started it.
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
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(0);
    }
}
