package dev.slipway.gateway;

import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.api.registry.RegistryEditsApi;
import dev.slipway.api.tokens.TokensApi;
import dev.slipway.api.training.ArtifactsApi;
import dev.slipway.api.training.LoggedModelsApi;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** The contracts that no test of the gateway needs an answer from: a service that is down. */
@Factory
final class OtherContracts {
    private static final InvocationHandler DOWN = (contract, method, arguments) -> {
        if (method.getName().equals("models")) {
            throw new IllegalStateException("a secret of the server");
        }
        throw SlipwayException.unavailable("test.down", "The service is down; try again later.", null);
    };

    @Singleton
    DatasetApi datasets() {
        return down(DatasetApi.class);
    }

    @Singleton
    PipelinesApi pipelines() {
        return down(PipelinesApi.class);
    }

    @Singleton
    ArtifactsApi artifacts() {
        return down(ArtifactsApi.class);
    }

    @Singleton
    LoggedModelsApi loggedModels() {
        return down(LoggedModelsApi.class);
    }

    @Singleton
    RegistryApi registry() {
        return down(RegistryApi.class);
    }

    @Singleton
    RegistryEditsApi registryEdits() {
        return down(RegistryEditsApi.class);
    }

    @Singleton
    ConversionApi conversions() {
        return down(ConversionApi.class);
    }

    @Singleton
    MonitoringApi monitoring() {
        return down(MonitoringApi.class);
    }

    @Singleton
    TokensApi tokens() {
        return down(TokensApi.class);
    }

    private static <T> T down(Class<T> contract) {
        return contract.cast(Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, DOWN));
    }
}
