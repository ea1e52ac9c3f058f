package groupsync.deadletters.topic;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time on the command line: ISO 8601, in UTC unless it has an offset, or how long ago: 90s, 30m, 2h, 3d, 1w. */
public final class PointInTime implements ITypeConverter<Instant> {

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhdw])");
    private static final Map<String, Long> SECONDS = Map.of("m", 60L, "h", 3_600L, "d", 86_400L, "w", 604_800L);
    /** A date, or a date and a time; the offset may lack its colon, which Java's own format requires. */
    private static final DateTimeFormatter ISO_8601 = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .optionalEnd()
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final Clock timeOfDay;

    public PointInTime(Clock timeOfDay) {
        this.timeOfDay = timeOfDay;
    }

    @Override
    public Instant convert(String text) {
        var ago = AGO.matcher(text);
        try {
            return ago.matches()
                    ? timeOfDay
                            .instant()
                            .minusSeconds(Long.parseLong(ago.group(1)) * SECONDS.getOrDefault(ago.group(2), 1L))
                    : Instant.from(ISO_8601.parse(text));
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "'" + text + "' is not a time such as 2026-11-23, 2026-11-23T04:45:00Z, 30m, 2h or 3d");
        }
    }
}
