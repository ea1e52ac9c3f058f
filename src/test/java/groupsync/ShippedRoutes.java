package groupsync;

import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.ZoomStandIn;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The base of tests on the shipped routes, between a real broker and a Zoom stand-in. */
abstract class ShippedRoutes {

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    final ZoomStandIn zoom = groupSync.zoom();
    final Topics topics = groupSync.topics();

    /** The requests to Zoom with this method. */
    List<ReceivedRequest> requests(String method) {
        return zoom.requests().stream()
                .filter(request -> request.method().equals(method))
                .toList();
    }

    /** The number of Zoom's replies with this status. */
    long replies(int status) {
        return zoom.requests().stream()
                .filter(request -> request.status() == status)
                .count();
    }
}
