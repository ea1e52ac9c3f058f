package groupsync;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** An identity provider: it issues signed tokens to a client with the right secret, and its public key to a broker. */
final class TokenStandIn implements AutoCloseable {

    static final String CLIENT_ID = "zoom-group-sync";
    static final String CLIENT_SECRET = "of-an-oauth-client-91fa";
    static final String AUDIENCE = "kafka";
    static final String ISSUER = "https://idp.example.com";

    private final HttpServer server;
    private final RsaJsonWebKey key;
    private volatile int lifetime = 600;
    private volatile boolean away;

    TokenStandIn() {
        try {
            key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("of-a-test");
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JoseException | IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/keys", exchange -> answer(exchange, 200, new JsonWebKeySet(key).toJson()));
        server.createContext("/token", exchange -> {
            var expected = "Basic "
                    + Base64.getEncoder()
                            .encodeToString((CLIENT_ID + ":" + CLIENT_SECRET).getBytes(StandardCharsets.UTF_8));
            var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (away) {
                answer(exchange, 503, "{\"error\":\"temporarily_unavailable\"}");
            } else if (expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    && form.contains("grant_type=client_credentials")) {
                answer(
                        exchange,
                        200,
                        "{\"access_token\":\"" + token() + "\",\"token_type\":\"Bearer\",\"expires_in\":" + lifetime
                                + "}");
            } else {
                answer(exchange, 401, "{\"error\":\"invalid_client\"}");
            }
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String token() {
        var claims = new JwtClaims();
        claims.setSubject(CLIENT_ID);
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(lifetime / 60f);
        var signed = new JsonWebSignature();
        signed.setPayload(claims.toJson());
        signed.setKey(key.getPrivateKey());
        signed.setKeyIdHeaderValue(key.getKeyId());
        signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        try {
            return signed.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lifetime of the tokens from now on. */
    void lifetime(int seconds) {
        lifetime = seconds;
    }

    /** Answers requests for tokens with 503 if true. */
    void away(boolean away) {
        this.away = away;
    }

    /** The URL for tokens. */
    String tokens() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    /** The URL of the public key. */
    String keys() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
