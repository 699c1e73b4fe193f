package dev.slipway.training.executor;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.training.train.LocalExecutor;
import dev.slipway.training.train.TrainingExecutor;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

/** Chooses the executor by {@code slipway.training.executor}: {@code local} or {@code kubernetes}. */
@Factory
final class ExecutorFactory {
    @Singleton
    @Primary
    TrainingExecutor executor(
            @Value("${slipway.training.executor:local}") String kind,
            BeanProvider<LocalExecutor> local,
            BeanProvider<KubernetesExecutor> kubernetes) {
        return switch (kind) {
            case "local" -> local.get();
            case "kubernetes" -> kubernetes.get();
            default ->
                throw SlipwayException.invalid(
                        "training.executor",
                        "slipway.training.executor is 'local' or 'kubernetes', not '" + kind + "'.");
        };
    }
}
