package org.apache.kafka.common.utils;

import java.io.FilterInputStream;
import java.nio.ByteBuffer;

/** The name by which Parallel Consumer 0.5.3.3 knows a class that Kafka 4.4 has in another package. */
public class ByteBufferInputStream extends FilterInputStream {

    public ByteBufferInputStream(ByteBuffer buffer) {
        super(new org.apache.kafka.common.utils.internals.ByteBufferInputStream(buffer));
    }
}
