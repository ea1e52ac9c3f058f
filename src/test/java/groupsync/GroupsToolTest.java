package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.groups.GroupsCommand;
import groupsync.sandbox.ZoomStandIn;
import groupsync.settings.GroupsToolSettings;
import groupsync.settings.SettingSources;
import groupsync.tool.Output;
import groupsync.tool.Program;
import groupsync.tool.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool for groups takes the service's way to Zoom: its proxy, and its authorities for TLS. */
class GroupsToolTest {

    private static final String PASSWORD = "of-a-proxy-5d0e";

    @TempDir
    Path directory;

    private final Map<String, String> settings = new HashMap<>();
    private final HttpProxyStandIn proxy = new HttpProxyStandIn();
    private ZoomStandIn zoom;

    /** Without the proxy, zoom.test is the name of no host. */
    @BeforeEach
    void startZoomBehindAProxy() {
        var certificates = new Certificates(directory);
        zoom = new ZoomStandIn(certificates.server(), Certificates.PASSWORD).group("a", "Finance");
        zoom.settings().forEach((key, value) -> settings.put(key, value.replace("127.0.0.1", "zoom.test")));
        settings.put("zoom.ca-file", certificates.authority().toString());
        settings.put("zoom.proxy", proxy.url());
        proxy.wants("me", PASSWORD);
    }

    @AfterEach
    void stop() {
        zoom.close();
        proxy.close();
    }

    private String list() {
        var out = new ByteArrayOutputStream();
        var err = new StringWriter();
        var groups = new GroupsCommand(
                overrides -> GroupsToolSettings.of(SettingSources.ofProcess(settings)),
                new Terminal(80, false, false, true),
                out,
                Clock.systemUTC());
        var program = Program.with(groups.commandLine()).setErr(new PrintWriter(err));
        Program.execute(program, new Output(out), UTF_8, "groups", "list", "--output", "json");
        return out.toString(UTF_8) + err;
    }

    @Test
    void listsThroughTheProxyWithItsPassword() {
        settings.put("zoom.proxy-user", "me");
        settings.put("zoom.proxy-password", PASSWORD);

        assertThat(list()).isEqualTo("{\"oldId\":\"a\",\"name\":\"Finance\"}\n");
        assertThat(proxy.heads())
                .isNotEmpty()
                .allMatch(head -> head.startsWith("CONNECT zoom.test:"))
                .noneMatch(head -> head.contains("Bearer"));
    }

    @Test
    void namesTheSettingIfTheProxyRefuses() {
        settings.put("zoom.proxy-user", "me");
        settings.put("zoom.proxy-password", "wrong-" + PASSWORD);

        assertThat(list().strip())
                .hasLineCount(1)
                .startsWith("the IM groups are not listed: ")
                .contains("zoom.proxy-password")
                .doesNotContain(PASSWORD);
    }

    @Test
    void namesTheSettingIfTheCertificateIsNotTrusted() {
        settings.remove("zoom.ca-file");
        settings.put("zoom.proxy-user", "me");
        settings.put("zoom.proxy-password", PASSWORD);

        assertThat(list().strip())
                .hasLineCount(1)
                .startsWith("the IM groups are not listed: ")
                .contains("zoom.ca-file");
        assertThat(zoom.requests()).isEmpty();
    }
}
