package groupsync.benchmark;

import groupsync.sandbox.ZoomStandIn;
import java.util.HashMap;
import java.util.Map;

/** The systems that are compared. */
enum Contender {
    /** The limit of what is possible, without any promise. */
    PLAIN {
        @Override
        RunningSystem start(Map<String, String> settings, ZoomStandIn zoom) {
            return RunningSystem.program(PlainConsumer.class, withToken(settings, zoom));
        }
    },
    /** Confluent's Parallel Consumer, ordered by key. */
    PARALLEL {
        @Override
        RunningSystem start(Map<String, String> settings, ZoomStandIn zoom) {
            return RunningSystem.program(ConfluentParallelConsumer.class, withToken(settings, zoom));
        }
    },
    /** This project's jar. */
    SERVICE {
        @Override
        RunningSystem start(Map<String, String> settings, ZoomStandIn zoom) {
            var own = new HashMap<>(settings);
            own.put("zoom.token-url", zoom.tokenUrl());
            own.put("zoom.account-id", ZoomStandIn.ACCOUNT_ID);
            own.put("zoom.client-id", ZoomStandIn.CLIENT_ID);
            own.put("zoom.client-secret", ZoomStandIn.CLIENT_SECRET);
            return RunningSystem.service(own);
        }
    };

    abstract RunningSystem start(Map<String, String> settings, ZoomStandIn zoom);

    private static Map<String, String> withToken(Map<String, String> settings, ZoomStandIn zoom) {
        var own = new HashMap<>(settings);
        own.put("zoom.access-token", zoom.newToken());
        return own;
    }

    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
