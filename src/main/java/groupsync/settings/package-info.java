/** The settings: where they come from, and their checks at the start. */
@NullMarked
package groupsync.settings;

import org.jspecify.annotations.NullMarked;
