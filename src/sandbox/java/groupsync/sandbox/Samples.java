package groupsync.sandbox;

import java.util.ArrayList;
import java.util.List;

/** The sample updates for one family of groups. */
enum Samples {
    IM(
            "SobVexyrQjqCkcxjpBWi6w",
            "7-PqjfBcTW2M9fFzRk_h3Q",
            "NoSuchGroupInZoom00000",
            "'search_by_domain':false,'search_by_account':true,'search_by_ma_account':false"),
    CONTACTS(
            "dir.JquKVDGlQ9K6S0QVWGcysw",
            "dir.q3-ZbT_1R5uYx0WmHk7Lfg",
            "dir.NoSuchGroupInZoom00000",
            "'description':'Sells in EMEA'") {
        @Override
        List<Sample> updates() {
            var updates = new ArrayList<>(super.updates());
            updates.add(sample(
                    "a setting of IM groups only",
                    finance,
                    "'eventId':'hr-7','groupId':'%s','name':'Finance','search_by_domain':true}",
                    "REJECTED unsupported-field"));
            return updates;
        }
    };

    /** The id of a group in Zoom. */
    final String sales;
    /** The id of another. */
    final String finance;
    /** The id of no group. */
    final String missing;

    private final String ownSettings;

    Samples(String sales, String finance, String missing, String ownSettings) {
        this.sales = sales;
        this.finance = finance;
        this.missing = missing;
        this.ownSettings = ownSettings;
    }

    List<Sample> updates() {
        return List.of(
                sample(
                        "all settings of a group",
                        sales,
                        "'eventId':'hr-1','groupId':'%s','name':'Sales','type':'restricted'," + ownSettings + "}",
                        "APPLIED"),
                sample(
                        "one setting of another",
                        finance,
                        "'eventId':'hr-2','groupId':'%s','name':'Finance','type':'shared'}",
                        "APPLIED"),
                sample("a rename", sales, "'eventId':'hr-3','groupId':'%s','name':'Sales & Müller'}", "APPLIED"),
                sample(
                        "a group that Zoom does not know",
                        missing,
                        "'eventId':'hr-4','groupId':'%s','name':'Ghosts'}",
                        "REJECTED group-not-found"),
                sample(
                        "an unknown type",
                        finance,
                        "'eventId':'hr-5','groupId':'%s','name':'Finance','type':'secret'}",
                        "REJECTED invalid-event"),
                sample("broken JSON", finance, "'eventId':'hr-6','groupId':", "REJECTED malformed-json"));
    }

    private static Sample sample(String title, String group, String fields, String expected) {
        return new Sample(title, group, ("{" + fields).replace('\'', '"').replace("%s", group), expected);
    }
}
