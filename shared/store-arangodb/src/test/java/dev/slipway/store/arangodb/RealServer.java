package dev.slipway.store.arangodb;

import dev.slipway.kernel.SlipwayException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A real ArangoDB: the one that {@code SLIPWAY_TEST_ARANGODB_URL} names, as {@code http://user:password@host:8529}, or
 * one in a container. Where there is neither, the tests are skipped, and say so.
 */
final class RealServer implements ExecutionCondition, AfterAllCallback {
    private static final String VARIABLE = "SLIPWAY_TEST_ARANGODB_URL";
    private static final String IMAGE = "arangodb:3.12";
    private static final int PORT = 8529;
    private static final String PASSWORD = "slipway";

    private GenericContainer<?> container;
    private Optional<ArangoSettings> settings = Optional.empty();
    private boolean looked;

    ArangoSettings settings() {
        return settings.orElseThrow();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!looked) {
            looked = true;
            settings = find();
        }
        if (settings.isEmpty()) {
            String why = "SKIPPED, nothing was tested on a real ArangoDB: " + VARIABLE
                    + " is not set and there is no Docker.";
            System.out.println(context.getDisplayName() + " " + why);
            return ConditionEvaluationResult.disabled(why);
        }
        return ConditionEvaluationResult.enabled("on " + settings.get());
    }

    private Optional<ArangoSettings> find() {
        String url = System.getenv(VARIABLE);
        if (url != null && !url.isBlank()) {
            return Optional.of(named(URI.create(url)));
        }
        if (!hasDocker()) {
            return Optional.empty();
        }
        container = new GenericContainer<>(IMAGE)
                .withEnv("ARANGO_ROOT_PASSWORD", PASSWORD)
                .withExposedPorts(PORT)
                .waitingFor(Wait.forLogMessage(".*is ready for business.*", 1));
        container.start();
        return Optional.of(ArangoSettings.of(
                List.of(container.getHost() + ":" + container.getMappedPort(PORT)),
                "slipway_test",
                "root",
                PASSWORD,
                false));
    }

    private static ArangoSettings named(URI url) {
        String[] user = Optional.ofNullable(url.getUserInfo()).orElse("root:").split(":", 2);
        if (url.getHost() == null || user.length < 2) {
            throw SlipwayException.invalid(
                    "test.url", "'" + url + "' can't be " + VARIABLE + "; write http://user:password@host:8529.");
        }
        return ArangoSettings.of(
                List.of(url.getHost() + ":" + (url.getPort() < 0 ? PORT : url.getPort())),
                "slipway_test",
                user[0],
                user[1],
                "https".equals(url.getScheme()));
    }

    /** Looks for Docker before it asks the library, which reports at length that there is none. */
    private static boolean hasDocker() {
        boolean maybe = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        return maybe && DockerClientFactory.instance().isDockerAvailable();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // Also called after each nested class, whose parent is another class.
        if (container != null && context.getRequiredTestClass() == ArangoGraphStoreServerTest.class) {
            container.stop();
        }
    }
}
