package groupsync.zoom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed on the way to Zoom, its API and its token endpoint alike. */
public final class ZoomTls extends SSLContextParameters {

    private final SSLContext context;

    private ZoomTls(SSLContext context) {
        this.context = context;
    }

    /** Those of the authorities that the JVM knows. */
    public static ZoomTls ofJvm() {
        return new ZoomTls(SSLContexts.createDefault());
    }

    /**
     * Those of the authorities in a file, and of no others.
     *
     * @param authorities their certificates in PEM, one after the other
     * @throws IOException if the file cannot be read
     * @throws GeneralSecurityException if it holds anything else, or nothing
     */
    public static ZoomTls of(Path authorities) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var file = Files.newInputStream(authorities)) {
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                trusted.setCertificateEntry(String.valueOf(trusted.size()), certificate);
            }
        }
        if (trusted.size() == 0) {
            throw new GeneralSecurityException("no certificate in it");
        }
        return new ZoomTls(SSLContexts.custom().loadTrustMaterial(trusted, null).build());
    }

    /** For Camel's component {@code https}. */
    @Override
    public SSLContext createSSLContext(@Nullable CamelContext camel) {
        return context;
    }

    SSLContext context() {
        return context;
    }
}
