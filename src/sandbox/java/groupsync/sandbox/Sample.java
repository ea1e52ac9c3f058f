package groupsync.sandbox;

import java.util.List;

/**
 * A sample update.
 *
 * @param expected its outcome: the status, and the reason of a rejection
 */
record Sample(String title, String key, String value, String expected) {

    static final String SALES = "SobVexyrQjqCkcxjpBWi6w";
    static final String FINANCE = "7-PqjfBcTW2M9fFzRk_h3Q";

    static final List<Sample> ALL = List.of(
            of(
                    "all settings of a group",
                    SALES,
                    "'eventId':'hr-1','groupId':'%s','name':'Sales','type':'restricted','search_by_domain':false,"
                            + "'search_by_account':true,'search_by_ma_account':false}",
                    "APPLIED"),
            of(
                    "one setting of another",
                    FINANCE,
                    "'eventId':'hr-2','groupId':'%s','name':'Finance','type':'shared'}",
                    "APPLIED"),
            of("a rename", SALES, "'eventId':'hr-3','groupId':'%s','name':'Sales & Müller'}", "APPLIED"),
            of(
                    "a group that Zoom does not know",
                    "NoSuchGroupInZoom00000",
                    "'eventId':'hr-4','groupId':'%s','name':'Ghosts'}",
                    "REJECTED group-not-found"),
            of(
                    "an unknown type",
                    FINANCE,
                    "'eventId':'hr-5','groupId':'%s','name':'Finance','type':'secret'}",
                    "REJECTED invalid-event"),
            of("broken JSON", FINANCE, "'eventId':'hr-6','groupId':", "REJECTED malformed-json"));

    private static Sample of(String title, String group, String fields, String expected) {
        return new Sample(title, group, ("{" + fields).replace('\'', '"').replace("%s", group), expected);
    }

    boolean isRejected() {
        return expected.startsWith("REJECTED");
    }
}
