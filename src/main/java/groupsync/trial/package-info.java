/** The tool for events: what each record of a source becomes, without Zoom. */
@NullMarked
package groupsync.trial;

import org.jspecify.annotations.NullMarked;
