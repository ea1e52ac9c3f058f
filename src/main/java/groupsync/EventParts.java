package groupsync;

import groupsync.event.EventMapping;
import groupsync.event.GroupUpdateReader;
import groupsync.event.GroupUpdateSchema;
import groupsync.event.SupportedFields;
import groupsync.names.GroupIds;
import groupsync.settings.Settings;
import groupsync.settings.WrongSettingException;
import groupsync.settings.ZoomSettings;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The parts that make an event of a record, as configured: the same for the service and for the tool that tries a mapping.
 *
 * @param groupIds the present ids of groups, if a file has them
 */
record EventParts(EventMapping mapping, GroupUpdateReader reader, Optional<GroupIds> groupIds) {

    /** @throws WrongSettingException if the file of a setting cannot be read, or is wrong */
    static EventParts of(Settings.Events events, ZoomSettings zoom) {
        var api = zoom.groups();
        var supported = new SupportedFields(api.groups(), api.fields(), zoom.dropsUnsupported());
        var schema = new GroupUpdateSchema(events.nameRequired(), events.groupNames());
        var groupIds = groupIds(zoom, schema);
        UnaryOperator<String> presentIds = groupIds.isPresent() ? groupIds.get() : UnaryOperator.identity();
        var reader = new GroupUpdateReader(schema, supported, presentIds, events.ignoredOutcomes());
        return new EventParts(mapping(events), reader, groupIds);
    }

    private static EventMapping mapping(Settings.Events events) {
        var file = events.mapping().orElse(null);
        try {
            return file == null ? EventMapping.none() : EventMapping.in(file);
        } catch (IOException e) {
            throw new WrongSettingException("events.mapping", String.valueOf(e.getMessage()));
        }
    }

    private static Optional<GroupIds> groupIds(ZoomSettings zoom, GroupUpdateSchema schema) {
        var file = zoom.groupIds().orElse(null);
        try {
            return file == null ? Optional.empty() : Optional.of(new GroupIds(file, schema));
        } catch (IOException e) {
            throw new WrongSettingException("zoom.group-ids-file", String.valueOf(e.getMessage()));
        }
    }
}
