package dev.slipway.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service with several addresses, of which some don't answer. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReplicasTest {
    private static final String SERVICE_TOKEN = "0123456789abcdef0123456789abcdef";
    private static final Caller CALLER = new Caller("test", Set.of(Role.ADMIN), Workspace.DEFAULT);

    @Test
    void aDeadReplicaIsPassedOver() throws IOException {
        String dead = unused();
        try (EmbeddedServer alive = ApplicationContext.run(EmbeddedServer.class, BindingContract.echo(SERVICE_TOKEN));
                ApplicationContext process = client(List.of(dead, alive.getURL().toString()))) {
            for (int call = 0; call < 20; call++) {
                // Writes, too: nobody has seen a request for which there was no connection.
                assertThat(create(process, "call " + call)).isEqualTo("call " + call);
            }
            assertThat(process.getBean(Replicas.class).mayBeCalled(URI.create(dead)))
                    .isFalse();
        }
    }

    @Test
    void bothReplicasAreUsed() {
        try (EmbeddedServer first = ApplicationContext.run(EmbeddedServer.class, BindingContract.echo(SERVICE_TOKEN));
                EmbeddedServer second =
                        ApplicationContext.run(EmbeddedServer.class, BindingContract.echo(SERVICE_TOKEN));
                ApplicationContext process = client(
                        List.of(first.getURL().toString(), second.getURL().toString()))) {
            for (int call = 0; call < 4; call++) {
                create(process, "call");
            }
            assertThat(first.getApplicationContext()
                            .getBean(EchoTraining.class)
                            .created
                            .get())
                    .isEqualTo(2);
            assertThat(second.getApplicationContext()
                            .getBean(EchoTraining.class)
                            .created
                            .get())
                    .isEqualTo(2);
        }
    }

    @Test
    void whenAllAreDeadItIsSaidAndLaterTriedAgain() throws IOException {
        int port = portOf(unused());
        try (ApplicationContext process = client(List.of("http://127.0.0.1:" + port, unused()))) {
            assertThatThrownBy(() -> create(process, "x")).extracting("code").isEqualTo("service.unreachable");

            Map<String, Object> properties = new HashMap<>(BindingContract.echo(SERVICE_TOKEN));
            properties.put("micronaut.server.port", port);
            try (EmbeddedServer back = ApplicationContext.run(EmbeddedServer.class, properties)) {
                assertThat(back.isRunning()).isTrue();
                assertThat(create(process, "y")).isEqualTo("y");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"registry:8080", "http://", "ftp://a", "http://a/path", "http://user:secret@a", "http://a,b"})
    void whatIsNoAddressIsRefusedByName(String value) {
        assertThatThrownBy(() -> ServiceAddresses.read(Map.of("SLIPWAY_REGISTRY_URL", value)))
                .hasMessageContaining("SLIPWAY_REGISTRY_URL")
                .extracting("code")
                .isEqualTo("service.address");
    }

    @Test
    void severalAddressesAreSeparatedByCommas() {
        assertThat(ServiceAddresses.read(
                        Map.of("SLIPWAY_REGISTRY_URL", "http://a:1, http://b:2/", "SLIPWAY_DATASET_URL", "https://c")))
                .containsOnly(
                        Map.entry("micronaut.http.services.registry.urls", List.of("http://a:1", "http://b:2/")),
                        Map.entry("micronaut.http.services.dataset.url", "https://c"));
    }

    private static String create(ApplicationContext process, String name) {
        return process.getBean(Callers.class).callAs(CALLER, () -> process.getBean(TrainingApi.class)
                .createExperiment(new CreateExperiment(name))
                .body()
                .name());
    }

    private static ApplicationContext client(List<String> urls) {
        return ApplicationContext.run(Map.of(
                "slipway.services.training",
                false,
                "micronaut.http.services.training.urls",
                urls,
                "slipway.service-token",
                SERVICE_TOKEN));
    }

    private static int portOf(String url) {
        return URI.create(url).getPort();
    }

    /** The address of a port that nobody listens on. */
    private static String unused() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + closed.getLocalPort();
        }
    }
}
