package groupsync.settings;

import java.util.HashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Hands the settings to Camel. */
public final class CamelSettings {

    private CamelSettings() {}

    /**
     * Configures Camel, which is not started yet, with these settings and nothing else.
     *
     * @param records configures what the Kafka component reads and writes
     */
    public static void apply(Main main, SettingSources sources, Settings settings, Consumer<KafkaComponent> records) {
        // SettingSources reads them already. Camel takes a blank variable as a value.
        main.configure().setAutoConfigurationEnvironmentVariablesEnabled(false);
        main.configure().setAutoConfigurationSystemPropertiesEnabled(false);
        main.setPropertyPlaceholderLocations("false");
        main.setInitialProperties(new HashMap<>(sources.camel()));
        main.setOverrideProperties(settings.forRoutes());
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport built) {
                preferCheckedValues(built.getCamelContext());
            }

            @Override
            public void afterConfigure(BaseMainSupport configured) {
                var kafka = configured.getCamelContext().getComponent("kafka", KafkaComponent.class);
                LiteralKafkaOptions.set(kafka, sources.literalKafkaOptions());
                kafka.getConfiguration().setGroupId(settings.kafka().consumerGroup());
                records.accept(kafka);
            }

            @Override
            public void beforeStart(BaseMainSupport configured) {
                // Camel makes its Kafka clients too late for a message to the operator.
                KafkaClientSettings.of(configured.getCamelContext()).check();
            }
        });
    }

    /** The key that stopped the start; without Camel's message, which contains the value: it may be a password. */
    public static Optional<WrongSettingException> wrongKey(Exception failure) {
        // The outermost exception has the whole key.
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

    /** Otherwise, <code>{{key}}</code> is the variable or the system property as it was set, even if it is blank. */
    static void preferCheckedValues(CamelContext context) {
        var properties = (PropertiesComponent) context.getPropertiesComponent();
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
        properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
    }
}
