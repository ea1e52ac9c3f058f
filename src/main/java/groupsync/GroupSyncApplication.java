package groupsync;

import groupsync.kafka.KafkaClients;
import groupsync.settings.CamelSettings;
import groupsync.settings.LogSettings;
import groupsync.settings.SettingSources;
import groupsync.settings.Settings;
import groupsync.settings.WrongSettingException;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.main.Main;
import org.slf4j.LoggerFactory;

/** The service: reads its settings, puts its parts together and starts the routes. */
public final class GroupSyncApplication {

    private GroupSyncApplication() {}

    /**
     * Without arguments, runs the service until the process is stopped; with arguments, a tool. A wrong
     * setting is one line on standard error and exit status 1.
     */
    public static void main(String[] args) throws Exception {
        try {
            LogSettings.apply(System.getenv());
            if (args.length > 0) {
                System.exit(Tools.run(args));
            }
            var main = create(Map.of());
            main.run();
            System.exit(main.getExitCode());
        } catch (WrongSettingException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            CamelSettings.wrongKey(e)
                    .ifPresentOrElse(
                            wrong -> System.err.println(wrong.getMessage()),
                            () -> LoggerFactory.getLogger(GroupSyncApplication.class)
                                    .error("the start failed", e));
            // Otherwise the threads of the management port would keep the process alive, and answer.
            System.exit(1);
        }
    }

    /**
     * The service, not yet started.
     *
     * @param overrides settings that win over those of the process
     * @throws WrongSettingException if a setting is missing or wrong
     */
    public static Main create(Map<String, String> overrides) {
        return create(overrides, Clock.systemUTC());
    }

    /** @param timeOfDay the clock for what is shown and published, and for times of Zoom and Kafka */
    static Main create(Map<String, String> overrides, Clock timeOfDay) {
        var sources = SettingSources.ofProcess(overrides);
        var settings = Settings.of(sources);
        var main = new Main();
        ServiceBeans.bind(main, settings, timeOfDay);
        CamelSettings.apply(main, sources, settings, KafkaClients::configure);
        return main;
    }
}
