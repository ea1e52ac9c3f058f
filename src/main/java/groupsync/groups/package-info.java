/** The tool for groups: lists the groups of the account, and changes nothing. */
@NullMarked
package groupsync.groups;

import org.jspecify.annotations.NullMarked;
