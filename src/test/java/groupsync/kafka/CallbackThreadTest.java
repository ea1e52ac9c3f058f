package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallbackThreadTest {

    private final CallbackThread thread = new CallbackThread();

    @Test
    void continuesOnTheThreadThatCalls() throws Exception {
        var continued = thread.submit(Thread::currentThread);

        assertThat(continued.isDone()).isTrue();
        assertThat(continued.get()).isSameAs(Thread.currentThread());
    }

    @Test
    void continuesAlsoAfterAShutdown() throws Exception {
        thread.shutdown();

        assertThat(thread.submit(() -> "published").get()).isEqualTo("published");
    }
}
