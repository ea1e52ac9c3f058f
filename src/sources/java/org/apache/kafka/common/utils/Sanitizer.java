package org.apache.kafka.common.utils;

/** The name by which Debezium 3.6 knows a class that Kafka 4.4 has in another package. */
public final class Sanitizer {

    private Sanitizer() {}

    /** A value for the name of an MBean, in quotes if it needs them. */
    public static String jmxSanitize(String name) {
        return org.apache.kafka.common.utils.internals.Sanitizer.jmxSanitize(name);
    }
}
