package groupsync.deadletters.topic;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time on the command line: ISO-8601, in UTC unless it says otherwise, or how long ago: 90s, 30m, 2h, 3d, 1w. */
public final class PointInTime implements ITypeConverter<Instant> {

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhdw])");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern ZONE = Pattern.compile(".*(Z|[+-]\\d\\d(:?\\d\\d)?)");
    /** As ISO 8601 has it, with or without a colon in the offset; Java alone wants the colon. */
    private static final DateTimeFormatter WITH_ZONE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private final Clock clock;

    public PointInTime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String text) {
        var ago = AGO.matcher(text);
        try {
            if (ago.matches()) {
                var unit = switch (ago.group(2)) {
                    case "s" -> Duration.ofSeconds(1);
                    case "m" -> Duration.ofMinutes(1);
                    case "h" -> Duration.ofHours(1);
                    case "d" -> Duration.ofDays(1);
                    default -> Duration.ofDays(7);
                };
                return clock.instant().minus(unit.multipliedBy(Long.parseLong(ago.group(1))));
            }
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            return ZONE.matcher(text).matches()
                    ? OffsetDateTime.parse(text, WITH_ZONE).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "'" + text + "' is not a time such as 2026-11-23, 2026-11-23T04:45:00Z, 30m, 2h or 3d");
        }
    }
}
