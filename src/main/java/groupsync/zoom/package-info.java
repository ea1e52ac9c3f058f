@NullMarked
package groupsync.zoom;

import org.jspecify.annotations.NullMarked;
