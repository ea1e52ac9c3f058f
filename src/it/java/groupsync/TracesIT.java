package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ReceivedRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jar with the OpenTelemetry agent of the build. */
class TracesIT {

    private static final String AGENT =
            "-javaagent:" + Path.of("target", "opentelemetry-javaagent.jar").toAbsolutePath();
    private static final String SENDER = "b7ad6b7169203331";

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @Test
    void withTheAgentAnUpdateIsOneTraceFromItsSenderToZoomAndItsOutcome() {
        tracesOfThreeUpdates();
        try (var collector = new CollectorStandIn();
                var service = ServiceProcess.start(
                        groupSync
                                .with("otel.exporter.otlp.endpoint", collector.endpoint())
                                .with("otel.bsp.schedule.delay", "200")
                                .with("otel.metrics.exporter", "none")
                                .with("otel.logs.exporter", "none")
                                .settings(),
                        AGENT)) {
            var outcomes = outcomes(3);
            await().until(() -> IntStream.range(0, 3)
                    .allMatch(i -> collector.spans().stream()
                            .anyMatch(span ->
                                    isPartOf(span, trace(i)) && span.getName().contains("PATCH"))));

            var requests = groupSync.zoom().requests();
            for (var i = 0; i < 3; i++) {
                var trace = trace(i);
                var patch = collector.spans().stream()
                        .filter(span -> isPartOf(span, trace) && span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT)
                        .toList();
                assertThat(patch).hasSize(1);
                assertThat(hex(patch.get(0).getParentSpanId())).isEqualTo(SENDER);
                var group = "g" + i;
                var request = requests.stream()
                        .filter(sent -> sent.path().endsWith("/" + group))
                        .findFirst()
                        .orElseThrow();
                assertThat(header(request, "traceparent"))
                        .isEqualTo("00-" + trace + "-" + hex(patch.get(0).getSpanId()) + "-01");
                assertThat(header(request, "tracestate")).isEqualTo("vendor=" + i);
                assertThat(outcomes)
                        .filteredOn(outcome -> new String(outcome.key(), StandardCharsets.UTF_8).equals(group))
                        .singleElement()
                        .satisfies(outcome -> assertThat(Topics.header(outcome, "traceparent"))
                                .startsWith("00-" + trace + "-"));
            }
            service.terminate();
            assertThat(service.exitStatus(Patience.LONGEST)).isIn(0, 143);
        }
    }

    /** With OTEL_INSTRUMENTATION_KAFKA_PRODUCER_PROPAGATION_ENABLED=false, as in the image. */
    @Test
    void withTheAgentADeadLetterKeepsItsHeadersByteForByte() {
        groupSync.zoom().unknown("g0");
        tracesOfThreeUpdates();
        try (var service = ServiceProcess.start(
                groupSync
                        .with("otel.traces.exporter", "none")
                        .with("otel.metrics.exporter", "none")
                        .with("otel.logs.exporter", "none")
                        .with("otel.instrumentation.kafka.producer.propagation.enabled", "false")
                        .settings(),
                AGENT)) {
            var letter = groupSync.topics().deadLetters(1).get(0);

            assertThat(service.isAlive()).isTrue();
            assertThat(List.of(letter.headers().toArray()).subList(0, 2)).isEqualTo(headers(0));
            assertThat(outcomes(3))
                    .allSatisfy(outcome ->
                            assertThat(Topics.header(outcome, "traceparent")).endsWith(SENDER + "-01"));
        }
    }

    private void tracesOfThreeUpdates() {
        for (var i = 0; i < 3; i++) {
            var update = "{\"groupId\":\"g" + i + "\",\"name\":\"n\"}";
            groupSync
                    .topics()
                    .send(
                            "g" + i,
                            update.getBytes(StandardCharsets.UTF_8),
                            headers(i).toArray(Header[]::new));
        }
    }

    private static String trace(int i) {
        return "0af7651916cd43dd8448eb211c80319" + i;
    }

    private static List<Header> headers(int i) {
        return List.of(
                new RecordHeader(
                        "traceparent", ("00-" + trace(i) + "-" + SENDER + "-01").getBytes(StandardCharsets.UTF_8)),
                new RecordHeader("tracestate", ("vendor=" + i).getBytes(StandardCharsets.UTF_8)));
    }

    private List<ConsumerRecord<byte[], byte[]>> outcomes(int wanted) {
        return groupSync.topics().records(groupSync.topics().outcomes, count -> count >= wanted, Patience.LONGEST);
    }

    private static boolean isPartOf(Span span, String trace) {
        return hex(span.getTraceId()).equals(trace);
    }

    private static String hex(com.google.protobuf.ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static String header(ReceivedRequest request, String name) {
        return request.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> String.join(",", header.getValue()))
                .findFirst()
                .orElse("");
    }
}
