package groupsync.delivery;

/** The states of the {@link CircuitBreaker}. */
enum BreakerState {
    CLOSED(Integer.MAX_VALUE),
    BACKING_OFF(0),
    OPEN(0),
    HALF_OPEN(1);

    /** How many updates may be sent at the same time. */
    final int concurrency;

    BreakerState(int concurrency) {
        this.concurrency = concurrency;
    }
}
