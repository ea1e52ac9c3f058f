/** The parts that the tools in the jar share: command line, exit statuses, terminal and output. */
@NullMarked
package groupsync.tool;

import org.jspecify.annotations.NullMarked;
