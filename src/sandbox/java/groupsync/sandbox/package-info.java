/** What stands in for the world around the service, in the sandbox and in the tests. */
@NullMarked
package groupsync.sandbox;

import org.jspecify.annotations.NullMarked;
