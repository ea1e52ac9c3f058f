package groupsync.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * To which other partitions the time slots of one partition are lent. Times are milliseconds since the epoch.
 *
 * <p>Only its owner changes this, and only for the time after all earlier loans. So an older copy is never wrong: it only
 * lacks the newest loan.
 *
 * @param loans in the order of their times
 */
public record SlotLoans(List<Loan> loans) {

    /** No slot is lent. */
    public static final SlotLoans NONE = new SlotLoans(List.of());

    /** More find no room in the metadata of a commit. */
    private static final int MOST = 3;
    /** A loan that is over is kept for this long, so that the limit of the present second knows it. */
    private static final long KEPT_MILLIS = 1_000;

    private static final String FORM = "\\d{1,9}@\\d{1,15}-\\d{1,15}(,\\d{1,9}@\\d{1,15}-\\d{1,15}){0,2}";

    /**
     * A loan.
     *
     * @param to the partition that has the slots
     * @param from its first millisecond
     * @param until the first millisecond after it
     */
    public record Loan(int to, long from, long until) {
        private String text() {
            return to + "@" + from + "-" + until;
        }

        private static Loan parse(String text) {
            var parts = text.split("[@-]", -1);
            return new Loan(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }
    }

    /** Keeps a copy of the list. */
    public SlotLoans {
        loans = List.copyOf(loans);
    }

    /** The partition that has the slot at this time: the given one, unless it is lent. */
    public int user(int partition, long millis) {
        for (var loan : loans) {
            if (loan.from <= millis && millis < loan.until) {
                return loan.to;
            }
        }
        return partition;
    }

    /** The end of the last loan; 0 if there is none. */
    public long end() {
        return loans.isEmpty() ? 0 : loans.get(loans.size() - 1).until;
    }

    /**
     * Lends the slots further, after the loans before.
     *
     * @param from earliest time, later than now
     * @return the same if that would change nothing or would be one loan too many
     */
    public SlotLoans and(int to, long from, long until) {
        var start = Math.max(from, end());
        if (until <= start) {
            return this;
        }
        var next = new ArrayList<>(loans);
        next.removeIf(loan -> loan.until < from - KEPT_MILLIS);
        var last = next.isEmpty() ? null : next.get(next.size() - 1);
        if (last != null && last.to == to && last.until == start) {
            // If a clock is set back, a loan must not count for longer than it was meant to.
            next.set(next.size() - 1, new Loan(to, Math.max(last.from, from - KEPT_MILLIS), until));
        } else if (next.size() < MOST) {
            next.add(new Loan(to, start, until));
        } else {
            return this;
        }
        return new SlotLoans(next);
    }

    /** For the metadata of a commit, such as {@code 3@1795460001000-1795460003500}; more loans follow after commas. */
    String text() {
        return loans.stream().map(Loan::text).collect(Collectors.joining(","));
    }

    /** Reads {@link #text()}; a text of any other form is no loan. */
    static SlotLoans parse(String text) {
        return text.matches(FORM)
                ? new SlotLoans(Stream.of(text.split(",")).map(Loan::parse).toList())
                : NONE;
    }
}
