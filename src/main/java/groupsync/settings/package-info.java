/** The settings: their sources, their checks, and a record for each subject. */
@NullMarked
package groupsync.settings;

import org.jspecify.annotations.NullMarked;
