package groupsync.kafka;

import static org.apache.camel.support.ExchangeHelper.getMandatoryHeader;

import groupsync.event.GroupUpdateReader;
import groupsync.event.SourceRecord;
import org.apache.camel.Exchange;
import org.apache.camel.NoSuchHeaderException;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/** Message Translator: a record of the updates topic becomes the event that it holds. */
public final class SourceRecordTranslator implements Processor {

    private final GroupUpdateReader reader;

    public SourceRecordTranslator(GroupUpdateReader reader) {
        this.reader = reader;
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
        message.setBody(reader.read(source));
    }
}
