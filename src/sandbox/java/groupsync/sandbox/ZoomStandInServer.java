package groupsync.sandbox;

import java.util.concurrent.CountDownLatch;

/** The Zoom stand-in as a process of its own, for a container: any group exists but one of each family. */
public final class ZoomStandInServer {

    private ZoomStandInServer() {}

    /** Answers on the port that {@code PORT} names, until the process ends. */
    @SuppressWarnings("resource") // ends with the process
    public static void main(String[] args) throws InterruptedException {
        var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        // All interfaces: from other containers, loopback cannot be reached.
        var zoom = new ZoomStandIn("0.0.0.0", port, null);
        zoom.unknown(Samples.IM.missing);
        zoom.unknown(Samples.CONTACTS.missing);
        zoom.watch(request -> System.out.println(request.method() + " " + request.path() + " groupId="
                + request.groupId() + " status=" + request.status() + " fields=" + request.fields()));
        System.out.println("The Zoom stand-in answers on port " + port + "; it knows any group but "
                + Samples.IM.missing + " and " + Samples.CONTACTS.missing);
        new CountDownLatch(1).await();
    }
}
