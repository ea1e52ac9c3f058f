/** Names of groups: an event may give the name of its group instead of Zoom's id. */
@NullMarked
package groupsync.names;

import org.jspecify.annotations.NullMarked;
