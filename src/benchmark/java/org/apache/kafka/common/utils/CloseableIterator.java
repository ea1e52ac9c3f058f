package org.apache.kafka.common.utils;

/** The name by which Parallel Consumer 0.5.3.3 knows an interface that Kafka 4.4 has in another package. */
public interface CloseableIterator<T> extends org.apache.kafka.common.utils.internals.CloseableIterator<T> {}
