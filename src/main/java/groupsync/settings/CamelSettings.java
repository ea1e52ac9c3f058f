package groupsync.settings;

import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Hands the settings to Camel. */
public final class CamelSettings {

    private CamelSettings() {}

    /** Configures Camel, which is not started yet, with these settings and nothing else. */
    public static void apply(Main main, SettingSources sources, Settings settings) {
        // SettingSources reads them already. Camel takes a blank variable as a value.
        main.configure().setAutoConfigurationEnvironmentVariablesEnabled(false);
        main.configure().setAutoConfigurationSystemPropertiesEnabled(false);
        main.setPropertyPlaceholderLocations("false");
        main.setInitialProperties(sources.camel());
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
            }
        });
    }

    /** Otherwise, <code>{{key}}</code> is the variable or the system property as it was set, even if it is blank. */
    static void preferCheckedValues(CamelContext context) {
        var properties = (PropertiesComponent) context.getPropertiesComponent();
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
        properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
    }
}
