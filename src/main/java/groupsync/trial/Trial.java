package groupsync.trial;

import groupsync.event.EventMapping;
import groupsync.event.GroupUpdateReader;

/**
 * Reads records as the service does.
 *
 * @param topic the name of the updates topic
 */
public record Trial(String topic, EventMapping mapping, GroupUpdateReader reader) {

    Result of(Sample sample) {
        return Result.of(sample, reader.read(mapping.map(sample.source())));
    }
}
