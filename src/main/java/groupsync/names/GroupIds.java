package groupsync.names;

import groupsync.event.GroupUpdateSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The present ids of groups by their old ones, as in a file that may change. */
public final class GroupIds implements UnaryOperator<String> {

    private static final Logger LOG = LoggerFactory.getLogger(GroupIds.class);

    private final Path file;
    private final GroupUpdateSchema schema;
    private volatile Map<String, String> presentIds;
    private Version read;
    private Version seen;

    /**
     * Reads the file.
     *
     * @throws IOException if it cannot be read, or has bad lines; the message names the file and each bad line
     */
    public GroupIds(Path file, GroupUpdateSchema schema) throws IOException {
        this.file = file;
        this.schema = schema;
        read = Version.of(file);
        seen = read;
        presentIds = GroupIdTable.read(file, schema);
        LOG.info("read the table of group ids: ids={} file={}", presentIds.size(), file);
    }

    /** The id that the group has in Zoom, by the id in an event. */
    @Override
    public String apply(String id) {
        return presentIds.getOrDefault(id, id);
    }

    /**
     * Reads the file again if it has changed. A file that is still being written is not read before the next call. A file
     * with bad lines leaves the former table in force.
     */
    public void refresh() {
        var now = Version.of(file);
        var isStable = now.equals(seen);
        seen = now;
        if (!isStable || now.equals(read)) {
            return;
        }
        read = now;
        try {
            presentIds = GroupIdTable.read(file, schema);
            LOG.info("read the changed table of group ids: ids={} file={}", presentIds.size(), file);
        } catch (IOException e) {
            LOG.warn("the former table of group ids stays in force: {}", e.getMessage());
        }
    }

    /** The file behind all links, by its inode where the system has any: Kubernetes swaps a link to change a mounted file. */
    private record Version(@Nullable Object inode, @Nullable FileTime modified, long size) {

        static Version of(Path file) {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Version(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
            } catch (IOException e) {
                return new Version(null, null, 0);
            }
        }
    }
}
