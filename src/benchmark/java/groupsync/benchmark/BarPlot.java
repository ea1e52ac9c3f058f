package groupsync.benchmark;

import java.util.List;
import java.util.Locale;

/** The bars of all scenarios as one SVG; each scenario has a scale of its own. */
final class BarPlot {

    private static final int WIDTH = 760;
    private static final int LABELS = 130;
    private static final int LONGEST = 470;
    private static final int BAR = 18;
    private static final int STEP = 24;
    private static final int TITLE = 34;

    private BarPlot() {}

    static String svg(List<Section> sections) {
        var shown =
                sections.stream().filter(section -> !section.bars().isEmpty()).toList();
        var body = new StringBuilder();
        var y = 10;
        for (var section : shown) {
            body.append(
                    "<text class=\"title\" x=\"10\" y=\"%d\">%s</text>\n".formatted(y + 20, escaped(section.title())));
            y += TITLE;
            var longest = section.bars().stream()
                    .mapToDouble(Section.Bar::value)
                    .max()
                    .orElse(0);
            for (var bar : section.bars()) {
                body.append(bar(bar, longest, y));
                y += STEP;
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <style>
                text { fill: #1f2933; } .title { font-weight: bold; }
                .plain { fill: #b8c2cc; } .parallel { fill: #7aa6c2; } .service { fill: #1f6f8b; }
                </style>
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                %s</svg>
                """.formatted(WIDTH, y + 10, body);
    }

    private static String bar(Section.Bar bar, double longest, int y) {
        var length = longest == 0 ? 0 : LONGEST * bar.value() / longest;
        var kind = List.of("plain", "parallel").contains(bar.label()) ? bar.label() : "service";
        return String.format(
                Locale.ROOT,
                """
                <text x="%d" y="%d" text-anchor="end">%s</text>
                <rect class="%s" x="%d" y="%d" width="%.1f" height="%d" rx="2"/>
                <text x="%.1f" y="%d">%s %s</text>
                """,
                LABELS - 8,
                y + 14,
                escaped(bar.label()),
                kind,
                LABELS,
                y,
                length,
                BAR,
                LABELS + length + 8,
                y + 14,
                Numbers.text(bar.value()),
                escaped(bar.unit()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
