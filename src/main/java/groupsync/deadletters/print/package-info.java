/** What the dead-letter tool prints. */
@NullMarked
package groupsync.deadletters.print;

import org.jspecify.annotations.NullMarked;
