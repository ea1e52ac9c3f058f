package groupsync.tool;

import java.util.Locale;
import picocli.CommandLine.Option;

/** The option {@code --output} of commands that print a table or JSON. */
public final class OutputForm {

    @Option(
            names = "--output",
            defaultValue = "table",
            paramLabel = "FORM",
            description = "${COMPLETION-CANDIDATES}: for people, or JSON lines for scripts.")
    private Form form = Form.TABLE;

    /** JSON lines for scripts; otherwise a table for people. */
    public boolean isJson() {
        return form == Form.JSON;
    }

    private enum Form {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
