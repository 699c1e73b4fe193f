package dev.slipway.runtime.observe;

import dev.slipway.kernel.SlipwayException;
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

    /** @param question a cheap one; what it answers are the details */
    StoreHealth(String name, Supplier<Map<String, Object>> question, ExecutorService executor) {
        this.name = name;
        this.question = question;
        this.executor = executor;
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

    private HealthResult look() {
        try {
            return HealthResult.builder(name, HealthStatus.UP)
                    .details(question.get())
                    .build();
        } catch (SlipwayException e) {
            return down(e.code(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return down("internal", e.toString());
        }
    }
}
