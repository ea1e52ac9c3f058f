/** Names and old ids of groups: an event may give one of them instead of the id that the group has in Zoom. */
@NullMarked
package groupsync.names;

import org.jspecify.annotations.NullMarked;
