package groupsync.observe;

import groupsync.delivery.CircuitBreaker;

/** Whether Zoom can be used: the circuit breaker pauses for no cause other than Kafka. */
public record ZoomCheck(CircuitBreaker breaker) implements HealthCheck {

    @Override
    public Result check() {
        return breaker.pause()
                .filter(pause -> !pause.part().equals(KafkaCheck.NAME))
                .map(Result::of)
                .orElseGet(() -> Result.up("zoom"));
    }
}
