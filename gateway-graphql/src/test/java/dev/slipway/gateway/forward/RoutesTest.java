package dev.slipway.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Service;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    @ParameterizedTest
    @CsvSource({
        "/delivery/v1/keys, REGISTRY",
        "/delivery/v1, REGISTRY",
        "/delivery/v1/models/a%20b/channels/production/manifest, REGISTRY",
        "/v2/models/digits/infer, REGISTRY",
        "/v2/health/ready, REGISTRY",
        "/api/2.0/mlflow/runs/create, TRAINING",
        "/api/2.0/mlflow/experiments/get-by-name, TRAINING",
        "/api/2.0/mlflow/registered-models/create, REGISTRY",
        "/api/2.0/mlflow/registered-models/alias, REGISTRY",
        "/api/2.0/mlflow/model-versions/get-download-uri, REGISTRY",
        "/api/2.0/mlflow/registered-modelsx/create, TRAINING",
        "/api/2.0/mlflow-artifacts/artifacts/1/2/model.onnx, TRAINING",
        "/api/2.0/mlflow-artifacts/mpu/create/x, TRAINING",
        "/api/3.0/mlflow/traces/search, TRAINING",
        "/api/3.0/mlflow/logged-models, TRAINING",
        "/ajax-api/2.0/mlflow/runs/search, TRAINING",
        "/ajax-api/2.0/mlflow/model-versions/search, REGISTRY",
        "/ajax-api/3.0/mlflow/traces, TRAINING",
        "/get-artifact, TRAINING",
        "/model-versions/get-artifact, REGISTRY",
        "/version, TRAINING",
        "/v1/traces, TRAINING",
        "/delivery/v1/models/a%5Cb%3Fc%23d;e/channels/beta/manifest, REGISTRY",
        "/api/2.0/mlflow-artifacts/artifacts/1/2/a;b..c, TRAINING",
        "/api/v1/models/my%20model%20%C3%A9/versions/1/card, LINEAGE",
        "/api/v1/lineage, LINEAGE",
        "/api/v1/lineage/batch, LINEAGE"
    })
    void everyPublicPathHasItsService(String path, Service service) {
        assertThat(Routes.ALL.service(path)).hasValue(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "",
                "/graphql",
                "/graphql-ws",
                "/health",
                "/health/readiness",
                "/prometheus",
                "/internal/v1/registry/models",
                "/versions",
                "/v2x",
                "/delivery/v10/keys",
                "/delivery",
                "/api/v1/lineages"
            })
    void whatIsNobodysStaysHere(String path) {
        assertThat(Routes.ALL.service(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/delivery/v1/../../internal/v1/tokens",
                "/delivery/v1/..",
                "/delivery/v1/./keys",
                "/delivery/v1/%2e%2e/%2E%2e/internal/v1/tokens",
                "/delivery/v1/.%2e/x",
                "/delivery/v1//internal/v1/tokens",
                "/delivery/v1/%2f..%2finternal",
                "/delivery/v1\\..\\internal",
                "/delivery/v1/%5c..",
                "/delivery/v1/a;/../b",
                "/delivery/v1/..;/internal/v1/tokens",
                "/delivery/v1/%2e%2e%3b/internal/v1/tokens",
                "/delivery/v1/.;x",
                "/delivery/v1%5c%2e%2e%5cinternal",
                "/delivery/v1/a%00"
            })
    void aPathThatCouldMeanAnotherOneHasNoRoute(String path) {
        assertThat(Routes.ALL.service(path)).isEmpty();
    }

    @Property(tries = 200)
    void nothingUnderInternalHasARoute(@ForAll String rest) {
        assertThat(Routes.ALL.service("/internal" + rest)).isEmpty();
        assertThat(Routes.ALL.service("/internal/v1/" + rest)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLongestPrefixWinsInWhateverOrderTheyStand(boolean longFirst) {
        Routes.Route wide = new Routes.Route("/a", Service.TRAINING);
        Routes.Route narrow = new Routes.Route("/a/b", Service.REGISTRY);
        Routes routes = new Routes(longFirst ? List.of(narrow, wide) : List.of(wide, narrow));

        assertThat(routes.service("/a/b/c")).hasValue(Service.REGISTRY);
        assertThat(routes.service("/a/bc")).hasValue(Service.TRAINING);
        assertThat(routes.of(service -> service == Service.TRAINING).service("/a/b"))
                .hasValue(Service.TRAINING);
    }
}
