package groupsync.queue;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one day that are charged to a partition.
 *
 * @param day in UTC
 */
record RequestsOfDay(LocalDate day, int count) {

    /** The number of requests on that day; 0 if these are of another day, or if there are none. */
    static int on(LocalDate day, @Nullable RequestsOfDay charged) {
        return charged == null || !charged.day.equals(day) ? 0 : charged.count;
    }
}
