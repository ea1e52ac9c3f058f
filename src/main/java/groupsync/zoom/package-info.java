/** The Zoom API: requests, replies and what a reply means, tokens, TLS and the proxy. */
@NullMarked
package groupsync.zoom;

import org.jspecify.annotations.NullMarked;
