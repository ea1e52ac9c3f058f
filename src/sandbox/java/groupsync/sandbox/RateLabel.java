package groupsync.sandbox;

/** Zoom's label of a call, which decides its limits. */
enum RateLabel {
    LIGHT("Light"),
    MEDIUM("Medium"),
    HEAVY("Heavy");

    final String text;

    RateLabel(String text) {
        this.text = text;
    }
}
