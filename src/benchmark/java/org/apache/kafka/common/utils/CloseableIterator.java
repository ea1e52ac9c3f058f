package org.apache.kafka.common.utils;

import java.io.Closeable;
import java.util.Iterator;

/** Stands where Parallel Consumer 0.5.3.3 expects it: Kafka's client 4.4 has it in another package. */
public interface CloseableIterator<T> extends Iterator<T>, Closeable {
    @Override
    void close();
}
