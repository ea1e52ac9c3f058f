package groupsync.zoom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/** The authorities whose certificates are trusted for the hosts of Zoom: its API and its token endpoint. */
public final class ZoomTls extends SSLContextParameters {

    private final SSLContext context;

    private ZoomTls(SSLContext context) {
        this.context = context;
    }

    /** The authorities of the JVM. */
    public static ZoomTls ofJvm() {
        return new ZoomTls(SSLContexts.createDefault());
    }

    /**
     * The authorities in a file, and no others.
     *
     * @param authorities their certificates in PEM, one after the other
     * @throws IOException if the file cannot be read
     * @throws GeneralSecurityException if the file is empty or holds anything else
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

    /** Whether a request failed because the host's certificate is not trusted. */
    static boolean isDistrust(IOException failure) {
        return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(
                        cause -> cause instanceof SSLPeerUnverifiedException || cause instanceof CertificateException);
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
