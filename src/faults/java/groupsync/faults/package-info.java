/** What holds when things fail, shown with the jar as it ships, a real broker and real HTTP. */
@NullMarked
package groupsync.faults;

import org.jspecify.annotations.NullMarked;
