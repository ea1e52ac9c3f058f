@NullMarked
package groupsync;

import org.jspecify.annotations.NullMarked;
