package groupsync.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens for next pages of a list. */
final class PageTokens {

    /** As documented for {@code next_page_token}. */
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private record Place(String lastId, Instant expiry) {}

    private final InstantSource time;
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    PageTokens(InstantSource time) {
        this.time = time;
    }

    /** @param lastId of the page before */
    String issue(String lastId) {
        var token = UUID.randomUUID().toString();
        places.put(token, new Place(lastId, time.instant().plus(LIFETIME)));
        return token;
    }

    /** The last id of the page before; empty if the token is unknown or expired. */
    Optional<String> lastId(String token) {
        return Optional.ofNullable(places.get(token))
                .filter(place -> time.instant().isBefore(place.expiry()))
                .map(Place::lastId);
    }

    void expireAll() {
        places.clear();
    }
}
