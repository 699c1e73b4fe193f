package dev.slipway.gateway.forward;

import dev.slipway.kernel.Service;
import io.micronaut.context.condition.Condition;
import io.micronaut.context.condition.ConditionContext;
import io.micronaut.core.value.PropertyResolver;
import java.util.Arrays;

/** Holds if any service runs in another process; otherwise there is nothing to forward, and no request pays for it. */
final class ServicesElsewhere implements Condition {
    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public boolean matches(ConditionContext context) {
        return Arrays.stream(Service.values()).anyMatch(service -> !runsHere(service, context));
    }

    static boolean runsHere(Service service, PropertyResolver configuration) {
        return configuration
                .getProperty("slipway.services." + service.wireName(), Boolean.class)
                .orElse(true);
    }
}
