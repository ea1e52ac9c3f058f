package groupsync.benchmark;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumers that the service is compared with, each in a process of its own with the service's settings. */
public final class Competitor {

    /** The service has as many pending updates. */
    private static final int PENDING = 2000;

    private static final int CONCURRENCY = Integer.parseInt(System.getenv("ZOOM_MAX_CONCURRENT_REQUESTS"));
    private static final List<String> TOPICS = List.of(System.getenv("TOPICS_UPDATES"));
    private static final ZoomCall ZOOM = new ZoomCall(CONCURRENCY);

    private Competitor() {}

    /** Runs until the process that started it ends. */
    public static void main(String[] arguments) throws InterruptedException {
        var parent = new Thread(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The parent has ended, too.
            }
            Runtime.getRuntime().halt(0);
        });
        parent.setDaemon(true);
        parent.start();
        // What has failed ends, so that the run sees it.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        switch (Contender.valueOf(arguments[0])) {
            case PLAIN -> plain();
            case PARALLEL -> parallel(event -> ZOOM.apply(event.value()));
            case CAREFUL -> new Careful(consumer(), ZOOM::apply, CONCURRENCY, PENDING).run(TOPICS);
            case PARALLEL_CAREFUL -> {
                var duties = new Duties();
                parallel(event -> duties.apply(event, duties.read(event.value()), ZOOM::apply)
                        .join());
            }
            case SERVICE -> throw new IllegalArgumentException("is a jar");
        }
    }

    /** The limit of what is possible here: a consumer, a thread pool, and no promise about order, loss or outcomes. */
    private static void plain() throws InterruptedException {
        var threads = Executors.newFixedThreadPool(CONCURRENCY);
        var pending = new Semaphore(PENDING);
        try (var consumer = consumer()) {
            consumer.subscribe(TOPICS);
            while (true) {
                for (var event : consumer.poll(Duration.ofMillis(100))) {
                    pending.acquire();
                    threads.execute(() -> {
                        try {
                            ZOOM.apply(event.value());
                        } finally {
                            pending.release();
                        }
                    });
                }
                consumer.commitAsync();
            }
        }
    }

    /** Confluent's Parallel Consumer, which keeps the order of each key and commits completed records. */
    @SuppressWarnings("resource") // ends with the process
    private static void parallel(Consumer<ConsumerRecord<byte[], byte[]>> work) {
        var processor =
                ParallelStreamProcessor.createEosStreamProcessor(ParallelConsumerOptions.<byte[], byte[]>builder()
                        .ordering(ProcessingOrder.KEY)
                        .maxConcurrency(CONCURRENCY)
                        .consumer(consumer())
                        .build());
        processor.subscribe(TOPICS);
        processor.poll(context -> work.accept(context.getSingleConsumerRecord()));
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                System.getenv("KAFKA_BROKERS"),
                "group.id",
                System.getenv("CONSUMER_GROUP"),
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
