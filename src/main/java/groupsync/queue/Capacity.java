package groupsync.queue;

import groupsync.event.GroupUpdateEvent;

/** How many events are pending, and how many may be before reading pauses. */
final class Capacity {

    /** Large events may take this part of the memory; reading and writing need the rest. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;

    private final int mostEvents;
    private int events;
    private long bytes;

    Capacity(int mostEvents) {
        this.mostEvents = mostEvents;
    }

    void add(GroupUpdateEvent event) {
        events++;
        bytes += event.source().size();
    }

    void remove(GroupUpdateEvent event) {
        events--;
        bytes -= event.source().size();
    }

    boolean isUsedUp() {
        return events >= mostEvents || bytes >= MOST_BYTES;
    }

    int events() {
        return events;
    }

    long bytes() {
        return bytes;
    }
}
