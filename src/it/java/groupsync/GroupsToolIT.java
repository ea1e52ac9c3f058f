package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.release.Version;
import groupsync.sandbox.ZoomStandIn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shipped tool for groups in a process of its own. */
class GroupsToolIT {

    private final ZoomStandIn zoom = new ZoomStandIn().group("a", "Zürich").contactGroup("dir.1", "Zürich");

    @AfterEach
    void close() {
        zoom.close();
    }

    private void assertEnds(int status, String output, Map<String, String> settings, String... arguments) {
        var all = new HashMap<>(zoom.settings());
        all.putAll(settings);
        try (var tool = ServiceProcess.start(all, List.of(arguments))) {
            assertThat(tool.exitStatus(Patience.LONGEST)).as(tool.output()).isEqualTo(status);
            assertThat(tool.output()).isEqualTo(output);
        }
    }

    @Test
    void printsNothingButTheListInUtf8WhateverTheTerminalIs() {
        var ascii = Map.of("LC_ALL", "C");

        assertEnds(0, "old_id,new_id,name\na,,Zürich\n", ascii, "groups", "list", "im", "--output", "csv");
    }

    @Test
    void takesTheFamilyFromTheEnvironment() {
        var contacts = Map.of("zoom.groups", "contacts");

        assertEnds(
                0, "{\"newId\":\"dir.1\",\"name\":\"Z\\u00FCrich\"}\n", contacts, "groups", "list", "--output", "json");
    }

    @Test
    void aWrongSettingIsOneLine() {
        var wrong = Map.of("zoom.groups", "both");

        assertEnds(1, "zoom.groups: 'both' is not one of im, contacts\n", wrong, "groups", "list");
    }

    @Test
    void saysItsVersion() {
        assertEnds(0, "zoom-group-sync " + Version.CURRENT + "\n", Map.of("zoom.groups", "both"), "--version");
    }
}
