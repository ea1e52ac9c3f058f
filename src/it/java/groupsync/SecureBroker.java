package groupsync;

import groupsync.sandbox.EmbeddedKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** A real broker with TLS, authentication and an authorizer that allows nothing without a rule. */
final class SecureBroker implements AutoCloseable {

    static final String USER = "zoom-group-sync";
    /** With all characters that are special to Camel, a URI or JAAS. */
    static final String PASSWORD = "#of a+scram%26user&{{Secret-40bd}}[$]!;'\"\\ ";

    private final int sasl = FreePort.find();
    private final int tls = FreePort.find();
    private final EmbeddedKafka broker;

    SecureBroker(Path directory, Certificates certificates, TokenStandIn tokens) {
        System.setProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls", tokens.keys() + "," + tokens.tokens());
        var open = FreePort.find();
        var controller = FreePort.find();
        var listeners = "PLAINTEXT://127.0.0.1:" + open + ",SASL_SSL://127.0.0.1:" + sasl + ",SSL://127.0.0.1:" + tls;
        broker = new EmbeddedKafka(
                open,
                directory.resolve("data"),
                Map.ofEntries(
                        Map.entry("listeners", listeners + ",CONTROLLER://127.0.0.1:" + controller),
                        Map.entry("advertised.listeners", listeners),
                        Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controller),
                        Map.entry(
                                "listener.security.protocol.map",
                                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL"),
                        Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                        Map.entry("allow.everyone.if.no.acl.found", "false"),
                        // The test itself and the broker, on the listener without authentication.
                        Map.entry("super.users", "User:ANONYMOUS"),
                        Map.entry("ssl.keystore.type", "PKCS12"),
                        Map.entry("ssl.keystore.location", certificates.server().toString()),
                        Map.entry("ssl.keystore.password", Certificates.PASSWORD),
                        Map.entry("ssl.key.password", Certificates.PASSWORD),
                        Map.entry("ssl.truststore.type", "PEM"),
                        Map.entry(
                                "ssl.truststore.location",
                                certificates.authority().toString()),
                        Map.entry("listener.name.ssl.ssl.client.auth", "required"),
                        Map.entry("ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/$1/,DEFAULT"),
                        Map.entry("sasl.enabled.mechanisms", "SCRAM-SHA-512,OAUTHBEARER"),
                        Map.entry(
                                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                        Map.entry(
                                "listener.name.sasl_ssl.oauthbearer.sasl.jaas.config",
                                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;"),
                        Map.entry(
                                "listener.name.sasl_ssl.oauthbearer.sasl.server.callback.handler.class",
                                "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler"),
                        Map.entry(
                                "listener.name.sasl_ssl.oauthbearer.sasl.oauthbearer.jwks.endpoint.url", tokens.keys()),
                        // A connection ends with its token, unless the client sends a new one.
                        Map.entry("listener.name.sasl_ssl.oauthbearer.connections.max.reauth.ms", "3600000"),
                        Map.entry(
                                "listener.name.sasl_ssl.oauthbearer.sasl.oauthbearer.expected.issuer",
                                TokenStandIn.ISSUER),
                        Map.entry(
                                "listener.name.sasl_ssl.oauthbearer.sasl.oauthbearer.expected.audience",
                                TokenStandIn.AUDIENCE)));
        password(PASSWORD);
    }

    /** Sets the password of the SCRAM user. Present connections stay open. */
    void password(String password) {
        var credentials = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        try (var admin = Admin.create(Map.of("bootstrap.servers", open()))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER, credentials, password)))
                    .all()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The listener of the test, with all rights and without TLS. */
    String open() {
        return broker.brokers();
    }

    /** The listener for passwords and tokens. */
    String sasl() {
        return "127.0.0.1:" + sasl;
    }

    /** The listener for certificates. */
    String tls() {
        return "127.0.0.1:" + tls;
    }

    @Override
    public void close() {
        broker.close();
    }
}
