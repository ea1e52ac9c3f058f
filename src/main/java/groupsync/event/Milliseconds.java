package groupsync.event;

import com.fasterxml.jackson.databind.util.StdConverter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Writes a time as ISO-8601 in UTC with milliseconds, also when they are zero. */
final class Milliseconds extends StdConverter<Instant, String> {

    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    @Override
    public String convert(Instant time) {
        return FORMAT.format(time);
    }
}
