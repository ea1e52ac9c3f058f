package groupsync.kafka;

import groupsync.event.EventLog;
import groupsync.event.GroupUpdateReader;
import groupsync.event.MappedRecord;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Message Translator: a record of the updates topic, after its mapping, becomes its event. */
public final class SourceRecordTranslator implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(SourceRecordTranslator.class);

    private final GroupUpdateReader reader;
    private final SpreadGroups spread = new SpreadGroups();

    public SourceRecordTranslator(GroupUpdateReader reader) {
        this.reader = reader;
    }

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        var message = exchange.getMessage();
        var mapped = message.getMandatoryBody(MappedRecord.class);
        var event = reader.read(mapped);
        spread.seen(event);
        if (LOG.isDebugEnabled()) {
            EventLog.about(LOG.atDebug(), event, null)
                    .log(
                            "received eventId={} groupId={} source={}",
                            EventLog.shown(event.eventId()),
                            EventLog.shown(event.groupId().orElse("")),
                            mapped.source());
        }
        message.setBody(event);
    }
}
