package groupsync.names;

import groupsync.event.Outcome;
import groupsync.event.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names of the account's groups: as Zoom last listed them, and as this service has changed them since.
 *
 * <p>{@code version} orders events by a counter, since two times of a clock may be equal. Hold this object's monitor to ask
 * several questions about one state.
 */
public final class GroupNames {

    /** So long it may take until a change by others is seen. */
    private static final Duration LONGEST_KNOWN = Duration.ofMinutes(5);

    private static final int MOST_IDS_SHOWN = 10;
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private final Clock steady;
    private Names known = new Names();
    /** What this service has changed since it last began to ask Zoom, and the answer may lack. */
    private final Map<String, String> changed = new LinkedHashMap<>();

    private long version;
    private long invalidated;
    private long asked;
    private Instant askedAt = Instant.MIN;
    /** When what is known was asked for. */
    private long listed;

    private Instant listedAt = Instant.MIN;

    public GroupNames(Clock steady) {
        this.steady = steady;
    }

    /** The present version. */
    public synchronized long version() {
        return version;
    }

    /** Zoom is asked for its groups now. */
    public synchronized void startListing() {
        asked = ++version;
        askedAt = steady.instant();
        changed.clear();
    }

    /**
     * Zoom has answered.
     *
     * @param groups the name of each by its id
     */
    public void listed(Map<String, String> groups) {
        var names = new Names();
        groups.forEach(names::put);
        synchronized (this) {
            changed.forEach(names::put);
            known = names;
            listed = asked;
            listedAt = askedAt;
        }
    }

    /** What is known may not be so any more: Zoom has to be asked anew. */
    public synchronized void invalidate() {
        invalidated = ++version;
    }

    /** Whether the names are known, but for what others have changed in the last minutes. */
    public synchronized boolean areKnown() {
        return listed > invalidated && steady.instant().isBefore(listedAt.plus(LONGEST_KNOWN));
    }

    /** Whether Zoom was asked for the names after that version. */
    public synchronized boolean isNewerThan(long version) {
        return listed > version;
    }

    /** The groups that have this name. */
    public synchronized Set<String> groupsOf(String name) {
        return Set.copyOf(known.groups(name));
    }

    /** The name of a group, if it is known. */
    public synchronized @Nullable String nameOf(String group) {
        return known.byGroup.get(group);
    }

    /**
     * An update of a group was sent, or compared.
     *
     * @param name that the update gives to the group, if any
     * @param outcome {@code null} if what became of it is not known
     */
    public synchronized void sent(String group, @Nullable String name, @Nullable Outcome outcome) {
        var before = known.byGroup.get(group);
        if (outcome != null && outcome.reason() == Reason.GROUP_NOT_FOUND) {
            if (before != null) {
                invalidate();
            }
        } else if (name != null && !name.equals(before) && !isDryRun(outcome)) {
            if (outcome != null && outcome.status() == Outcome.Status.APPLIED) {
                renamed(group, name);
            } else {
                invalidate();
            }
        }
    }

    private static boolean isDryRun(@Nullable Outcome outcome) {
        return outcome != null && outcome.status() == Outcome.Status.DRY_RUN;
    }

    private void renamed(String group, String name) {
        if (!known.groups(name).isEmpty()) {
            // Names are unique: that other group has none of this name any more.
            invalidate();
        }
        changed.put(group, name);
        known.put(group, name);
    }

    /**
     * For people: why this is not the name of one group, with what was found instead.
     *
     * @param otherName that was looked for too
     * @param newName that the event gives
     */
    public synchronized String explain(String name, @Nullable String otherName, @Nullable String newName) {
        var groups = known.groups(name);
        var message = groups.isEmpty() ? notFound(name, otherName, newName) : ambiguous(name, groups);
        return NOT_PRINTABLE.matcher(message).replaceAll("\uFFFD");
    }

    private String notFound(String name, @Nullable String otherName, @Nullable String newName) {
        var message = "no group has the name '" + name + "'";
        if (otherName != null) {
            message += " or '" + otherName + "'";
        }
        var similar = known.similar.get(folded(name));
        if (similar != null && !known.groups(similar).isEmpty()) {
            message += "; one has the name '" + similar + "', which differs in case or blanks";
        }
        if (newName != null && !known.groups(newName).isEmpty()) {
            message += "; one has the name '" + newName + "' already, which the event gives";
        }
        return message;
    }

    private static String ambiguous(String name, Set<String> groups) {
        return groups.size() + " groups have the name '" + name + "': "
                + groups.stream().limit(MOST_IDS_SHOWN).collect(Collectors.joining(", "))
                + (groups.size() > MOST_IDS_SHOWN ? ", …" : "");
    }

    private static String folded(String name) {
        return BLANKS.matcher(name).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    private static final class Names {
        final Map<String, String> byGroup = new HashMap<>();
        final Map<String, Set<String>> byName = new HashMap<>();
        final Map<String, String> similar = new HashMap<>();

        Set<String> groups(String name) {
            return byName.getOrDefault(name, Set.of());
        }

        void put(String group, String name) {
            var before = byGroup.put(group, name);
            if (before != null) {
                byName.computeIfPresent(
                        before, (key, groups) -> groups.remove(group) && groups.isEmpty() ? null : groups);
            }
            byName.computeIfAbsent(name, key -> new TreeSet<>()).add(group);
            similar.put(folded(name), name);
        }
    }
}
