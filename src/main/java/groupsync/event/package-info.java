@NullMarked
package groupsync.event;

import org.jspecify.annotations.NullMarked;
