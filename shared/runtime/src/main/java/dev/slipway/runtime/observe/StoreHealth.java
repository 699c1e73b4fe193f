package dev.slipway.runtime.observe;

import dev.slipway.kernel.SlipwayException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;

/** A process is ready while its stores answer. One of these looks at each. */
final class StoreHealth implements HealthIndicator {
    private final String name;
    private final Supplier<Map<String, Object>> question;
    private final ExecutorService executor;
    private final Timer answers;
    private volatile boolean up = true;

    /** @param question a cheap one; what it answers are the details */
    StoreHealth(String name, Supplier<Map<String, Object>> question, ExecutorService executor, MeterRegistry metrics) {
        this.name = name;
        this.question = question;
        this.executor = executor;
        this.answers = Timer.builder("slipway.store.answer")
                .description("How long the store takes to answer the question by which it is watched")
                .tag("store", name)
                .register(metrics);
        Gauge.builder("slipway.store.up", () -> up ? 1 : 0)
                .description("Whether the store answered when it was last asked")
                .tag("store", name)
                .register(metrics);
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return new AsyncSingleResultPublisher<>(executor, this::look);
    }

    private HealthResult down(String code, String reason) {
        return HealthResult.builder(name, HealthStatus.DOWN)
                .details(Map.of("code", code, "reason", reason))
                .build();
    }

    /** Asks the store now. */
    HealthResult look() {
        HealthResult result = ask();
        up = result.getStatus().equals(HealthStatus.UP);
        return result;
    }

    private HealthResult ask() {
        try {
            return HealthResult.builder(name, HealthStatus.UP)
                    .details(answers.record(question))
                    .build();
        } catch (SlipwayException e) {
            return down(e.code(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return down("internal", e.toString());
        }
    }
}
