package groupsync.observe;

import com.fasterxml.jackson.annotation.JsonInclude;
import groupsync.delivery.Pause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether one part that the service needs can be used, and if not, why. */
@FunctionalInterface
public interface HealthCheck {

    Result check();

    /**
     * The result of a check. {@code null} is left out of the JSON.
     *
     * @param name {@code zoom}, {@code kafka}, {@code service} or {@code life}
     * @param remedy an instruction for the operator
     * @param since the time at which the cause was found, ISO-8601
     * @param nextProbe the time of the next check, ISO-8601
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            String name,
            Status status,
            @Nullable String cause,
            @Nullable String remedy,
            @Nullable String since,
            @Nullable String nextProbe) {

        static Result up(String name) {
            return new Result(name, Status.UP, null, null, null, null);
        }

        static Result down(String name, String cause, String remedy, Instant since, Instant nextProbe) {
            return new Result(name, Status.DOWN, cause, remedy, since.toString(), nextProbe.toString());
        }

        static Result of(Pause pause) {
            return down(pause.part(), pause.cause(), pause.remedy(), pause.since(), pause.nextProbe());
        }
    }

    /** The same words as in the health checks of other services. */
    enum Status {
        UP,
        DOWN
    }
}
