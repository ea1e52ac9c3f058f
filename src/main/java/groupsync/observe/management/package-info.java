/** What the service tells of itself. */
@NullMarked
package groupsync.management;

import org.jspecify.annotations.NullMarked;
