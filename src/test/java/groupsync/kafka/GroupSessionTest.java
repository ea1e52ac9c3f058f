package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupSessionTest {

    private final Properties consumer = new Properties();

    @Test
    void isTheClientsInTheClassicProtocol() {
        consumer.put("group.protocol", "classic");
        consumer.put("session.timeout.ms", "20000");

        assertThat(GroupSession.timeout(consumer)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void isTheDefaultOfAClientWithoutASetting() {
        assertThat(GroupSession.timeout(consumer)).isEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void isTheBrokersSettingOfTheGroupInTheConsumerProtocol() throws Exception {
        var brokers = TestBroker.brokers();
        consumer.put("group.protocol", "consumer");
        consumer.put("group.id", "a-group");
        consumer.put("bootstrap.servers", brokers);
        var group = new ConfigResource(ConfigResource.Type.GROUP, "a-group");
        try (var admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.incrementalAlterConfigs(Map.of(
                            group,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("consumer.session.timeout.ms", "55000"),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }

        assertThat(GroupSession.timeout(consumer)).isEqualTo(Duration.ofSeconds(55));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "no-such-host.invalid:9092"})
    void isTheDefaultWhereNoBrokerAnswers(String brokers) {
        consumer.put("group.protocol", "consumer");
        consumer.put("group.id", "a-group");
        consumer.put("bootstrap.servers", brokers);

        assertThat(GroupSession.timeout(consumer)).isEqualTo(Duration.ofSeconds(45));
    }
}
