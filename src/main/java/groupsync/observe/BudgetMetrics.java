package groupsync.observe;

import groupsync.delivery.DailyBudget;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.DoubleSupplier;

/** The bound of requests per UTC day and its use, measured at each scrape. */
public record BudgetMetrics(DailyBudget budget) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(
                registry,
                "account.limit.requests.per.day",
                "zoom.requests-per-day: what all instances together may send in a UTC day",
                budget::accountLimit);
        gauge(
                registry,
                "owned.limit.requests.per.day",
                "The part of it that goes with this instance's partitions",
                budget::ownedLimit);
        gauge(registry, "owned.used.requests.of.day", "The part of that which is used today", budget::used);
    }

    private static void gauge(MeterRegistry registry, String name, String meaning, DoubleSupplier value) {
        Gauge.builder("zoom.group.sync." + name, value::getAsDouble)
                .description(meaning)
                .register(registry);
    }
}
