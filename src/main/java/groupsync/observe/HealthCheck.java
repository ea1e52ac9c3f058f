package groupsync.observe;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether one part of what the service needs is there, and if not, why. */
public interface HealthCheck {

    Result check();

    /**
     * What a check found. What is {@code null} is left out of the JSON.
     *
     * @param name {@code zoom}, {@code kafka} or {@code life}
     * @param remedy what an operator can do about it
     * @param since when it was first found so, ISO-8601
     * @param nextProbe when it is next looked at, ISO-8601
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            String name,
            Status status,
            @Nullable String cause,
            @Nullable String remedy,
            @Nullable String since,
            @Nullable String nextProbe) {

        public static Result up(String name) {
            return new Result(name, Status.UP, null, null, null, null);
        }

        public static Result down(String name, String cause, String remedy, Instant since, Instant nextProbe) {
            return new Result(name, Status.DOWN, cause, remedy, since.toString(), nextProbe.toString());
        }
    }

    /** As health checks say it elsewhere. */
    enum Status {
        UP,
        DOWN
    }
}
