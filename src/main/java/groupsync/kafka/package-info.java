@NullMarked
package groupsync.kafka;

import org.jspecify.annotations.NullMarked;
