package groupsync.sandbox;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes a reply, or a fault instead of one. */
final class ReplyWriter {

    private ReplyWriter() {}

    static void write(StandInReply reply, Request request, Response response, Callback callback) throws IOException {
        if (reply instanceof StandInReply.Answer answer) {
            write(answer, response, callback);
        } else if (!(reply instanceof StandInReply.Hang)) {
            if (reply instanceof StandInReply.Trickle) {
                trickle(response);
            } else if (request.getConnectionMetaData().getConnection().getEndPoint()
                    instanceof SocketChannelEndPoint socket) {
                breakOff(reply, socket.getChannel());
            }
            callback.failed(new IOException("a fault by script"));
        }
    }

    private static void write(StandInReply.Answer answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        var id = UUID.randomUUID().toString().replace("-", "");
        response.getHeaders().put("x-zm-trackingid", "v=2.0;clid=us02;rid=WEB_" + id);
        answer.headers().forEach(response.getHeaders()::put);
        response.write(true, ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8)), callback);
    }

    private static void trickle(Response response) throws IOException {
        response.setStatus(200);
        for (var bytes = 0; bytes < 100; bytes++) {
            Content.Sink.write(response, false, ByteBuffer.wrap(new byte[] {' '}));
            LockSupport.parkNanos(100_000_000L);
        }
    }

    private static void breakOff(StandInReply fault, SocketChannel channel) throws IOException {
        if (fault instanceof StandInReply.Reset) {
            // With a linger of zero, the system sends a reset instead of a regular end.
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } else {
            var garbage = "\u0000\u0001\u0002 no HTTP at all\r\n\r\n".getBytes(StandardCharsets.UTF_8);
            channel.write(ByteBuffer.wrap(garbage));
        }
        channel.close();
    }
}
