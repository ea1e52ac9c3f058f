package groupsync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The certificate authority of a test, and the certificates that it has signed, made with the JDK's keytool. */
final class Certificates {

    static final String PASSWORD = "of-a-key-store-7c1d";

    private final Path directory;
    private final KeyStore all;

    Certificates(Path directory) {
        this.directory = directory;
        var file = directory.resolve("all.p12");
        keytool(file, "ca", "CN=an authority of our own", "-ext", "bc:c");
        keytool(file, "server", "CN=server", "-signer", "ca", "-ext", "san=ip:127.0.0.1,dns:zoom.test");
        keytool(file, "client", "CN=zoom-group-sync,O=tests", "-signer", "ca");
        try {
            all = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path file, String alias, String name, String... more) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                alias,
                "-dname",
                name));
        command.addAll(List.of(more));
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(file.resolveSibling("keytool.log").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(file.resolveSibling("keytool.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The authority's certificate, in PEM. */
    Path authority() {
        return pem("ca.pem", List.of(), List.of(chain("ca")).subList(0, 1));
    }

    /** The client's key and its certificates, in PEM. */
    Path client() {
        return pem("client.pem", List.of(key("client").getEncoded()), List.of(chain("client")));
    }

    /** The server's key and its certificates, as PKCS12. */
    Path server() {
        try {
            var one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry("server", key("server"), PASSWORD.toCharArray(), chain("server"));
            var file = directory.resolve("server.p12");
            try (var out = Files.newOutputStream(file)) {
                one.store(out, PASSWORD.toCharArray());
            }
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private java.security.Key key(String alias) {
        try {
            return all.getKey(alias, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Certificate[] chain(String alias) {
        try {
            return all.getCertificateChain(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path pem(String name, List<byte[]> keys, List<Certificate> certificates) {
        try {
            var text = new StringBuilder();
            for (var key : keys) {
                text.append(pem("PRIVATE KEY", key));
            }
            for (var certificate : certificates) {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            return Files.writeString(directory.resolve(name), text);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] content) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + what + "-----\n" + lines.encodeToString(content) + "\n-----END " + what + "-----\n";
    }
}
