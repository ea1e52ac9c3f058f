/** The release that runs. */
@NullMarked
package groupsync.release;

import org.jspecify.annotations.NullMarked;
