package groupsync.kafka;

import static org.apache.camel.support.ExchangeHelper.getMandatoryHeader;

import groupsync.event.EventLog;
import groupsync.event.GroupUpdateReader;
import groupsync.event.SourceRecord;
import org.apache.camel.Exchange;
import org.apache.camel.NoSuchHeaderException;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Message Translator: a record of the updates topic becomes its event. */
public final class SourceRecordTranslator implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(SourceRecordTranslator.class);

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
        var event = reader.read(source);
        if (LOG.isDebugEnabled()) {
            EventLog.about(LOG.atDebug(), event, null)
                    .log(
                            "received eventId={} groupId={} source={}",
                            EventLog.shown(event.eventId()),
                            EventLog.shown(event.groupId().orElse("")),
                            source);
        }
        message.setBody(event);
    }
}
