package groupsync.zoom;

/** What of an update goes to Zoom. */
public enum DryRun {
    /** Its PATCH: no dry run. */
    FALSE,
    /** Nothing. */
    TRUE,
    /** A GET of its group, for the difference. */
    COMPARE
}
