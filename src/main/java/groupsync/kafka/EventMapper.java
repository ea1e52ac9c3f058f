package groupsync.kafka;

import static org.apache.camel.support.ExchangeHelper.getMandatoryHeader;

import groupsync.event.EventMapping;
import groupsync.event.SourceRecord;
import org.apache.camel.Exchange;
import org.apache.camel.NoSuchHeaderException;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/** Normalizer (EIP): a record of the updates topic becomes what the mapping makes of it. */
public final class EventMapper implements Processor {

    private final EventMapping mapping;

    public EventMapper(EventMapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public void process(Exchange exchange) throws NoSuchHeaderException {
        var message = exchange.getMessage();
        var source = new SourceRecord(
                new TopicPartition(
                        getMandatoryHeader(message, KafkaConstants.TOPIC, String.class),
                        getMandatoryHeader(message, KafkaConstants.PARTITION, Integer.class)),
                getMandatoryHeader(message, KafkaConstants.OFFSET, Long.class),
                getMandatoryHeader(message, KafkaConstants.TIMESTAMP, Long.class),
                (byte[]) message.getHeader(KafkaConstants.KEY),
                (byte[]) message.getBody(),
                getMandatoryHeader(message, KafkaConstants.HEADERS, Headers.class));
        message.removeHeaders("*");
        message.setBody(mapping.map(source));
    }
}
