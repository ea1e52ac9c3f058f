package groupsync.benchmark;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.util.List;

/** Confluent's Parallel Consumer, which keeps the order of each key, with the same request to Zoom. */
public final class ConfluentParallelConsumer {

    private ConfluentParallelConsumer() {}

    /** Runs until the process that started it ends. */
    @SuppressWarnings("resource") // ends with the process
    public static void main(String[] arguments) {
        Contestant.endWithParent();
        var concurrency = Contestant.concurrency();
        var zoom = new ZoomCall(concurrency);
        var processor =
                ParallelStreamProcessor.createEosStreamProcessor(ParallelConsumerOptions.<byte[], byte[]>builder()
                        .ordering(ProcessingOrder.KEY)
                        .maxConcurrency(concurrency)
                        .consumer(Contestant.consumer())
                        .build());
        processor.subscribe(List.of(Contestant.topic()));
        processor.poll(context -> zoom.apply(context.value()));
    }
}
