package groupsync;

import groupsync.deadletters.DeadLetterTool;
import groupsync.settings.CamelSettings;
import groupsync.settings.KafkaClientSettings;
import groupsync.settings.LogSettings;
import groupsync.settings.SettingSources;
import groupsync.settings.Settings;
import groupsync.settings.WrongSettingException;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.LoggerFactory;

/** The service: reads its settings, puts its parts together and starts the routes. */
public final class GroupSyncApplication {

    private GroupSyncApplication() {}

    /**
     * Without arguments, the service: runs until the process is told to stop; status 1 and one line on standard error
     * if a setting is wrong. With arguments, the dead-letter tool.
     */
    public static void main(String[] args) throws Exception {
        try {
            LogSettings.apply(System.getenv());
            if (args.length > 0) {
                System.exit(DeadLetterTool.run(args));
            }
            var main = create(Map.of());
            main.addMainListener(new MainListenerSupport() {
                @Override
                public void beforeStart(BaseMainSupport starting) {
                    // Clients are made when they are first needed, which is too late to be told.
                    KafkaClientSettings.of(starting.getCamelContext()).check();
                }
            });
            main.run();
            System.exit(main.getExitCode());
        } catch (WrongSettingException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            wrongKey(e)
                    .ifPresentOrElse(
                            wrong -> System.err.println(wrong.getMessage()),
                            () -> LoggerFactory.getLogger(GroupSyncApplication.class)
                                    .error("the start failed", e));
            // Else the threads of the management port would go on, and answer as if the service were there.
            System.exit(1);
        }
    }

    /** If that is what stopped the start; without Camel's own message, which has the value: it may be a password. */
    private static Optional<WrongSettingException> wrongKey(Exception failure) {
        // The outermost knows all of the key.
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(PropertyBindingException.class::isInstance)
                .map(PropertyBindingException.class::cast)
                .findFirst()
                .map(wrong -> new WrongSettingException(
                        wrong.getOptionPrefix() == null
                                ? String.valueOf(wrong.getPropertyName())
                                : wrong.getOptionPrefix() + wrong.getOptionKey(),
                        "is no setting of Camel's, or cannot be what it is set to"));
    }

    /**
     * The service, not yet started.
     *
     * @param demanded settings that win over those of the process
     * @throws WrongSettingException if a setting is missing or wrong
     */
    public static Main create(Map<String, String> demanded) {
        return create(demanded, Clock.systemUTC());
    }

    /** @param timeOfDay of what is shown and published, and of what is compared with Zoom's and Kafka's times */
    static Main create(Map<String, String> demanded, Clock timeOfDay) {
        var sources = SettingSources.ofProcess(demanded);
        var settings = Settings.of(sources);
        var main = new Main();
        ServiceBeans.bind(main, settings, timeOfDay);
        CamelSettings.apply(main, sources, settings);
        return main;
    }
}
