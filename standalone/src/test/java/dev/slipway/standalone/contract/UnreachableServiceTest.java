package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.dataset.CreateDataset;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that is not there, or that does not answer, is told from one that says no. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class UnreachableServiceTest {
    private static final Caller CALLER = new Caller("test", Set.of(Role.ENGINEER), Workspace.DEFAULT);
    private static final DatasetId ID = new DatasetId(Contract.NOBODY);

    @TempDir
    private Path data;

    @Test
    void aSilentServiceIsUnavailableAfterTheDeadline() throws IOException {
        // The kernel takes the connection into the backlog; nobody ever answers.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ApplicationContext context = clients(silent.getLocalPort())) {
            assertUnavailable(context);
        }
    }

    @Test
    void aServiceThatIsNotThereIsUnavailable() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (ApplicationContext context = clients(port)) {
            assertUnavailable(context);
        }
    }

    @Test
    void aServiceWithoutAnAddressIsUnavailable() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("slipway.data", data.toString());
        properties.put("slipway.service-token", OverHttp.newServiceToken());
        properties.put("slipway.services.dataset", false);
        try (ApplicationContext context = OverHttp.clients(properties)) {
            assertThat(Contract.refused(ErrorKind.UNAVAILABLE, "service.unconfigured", () -> dataset(context)))
                    .hasMessageContaining("SLIPWAY_DATASET_URL");
        }
    }

    private static void dataset(ApplicationContext context) {
        context.getBean(Callers.class)
                .callAs(CALLER, () -> context.getBean(DatasetApi.class).dataset(ID));
    }

    private static void assertUnavailable(ApplicationContext context) {
        DatasetApi datasets = context.getBean(DatasetApi.class);
        Callers callers = context.getBean(Callers.class);

        assertThat(Contract.refused(
                        ErrorKind.UNAVAILABLE,
                        "service.unreachable",
                        () -> callers.callAs(CALLER, () -> datasets.dataset(ID))))
                .hasMessageContaining("DatasetApi.dataset");
        assertThat(Contract.refused(
                        ErrorKind.UNAVAILABLE,
                        "service.unreachable",
                        () -> callers.callAs(CALLER, () -> datasets.createDataset(new CreateDataset("cats")))))
                .hasMessageContaining("DatasetApi.createDataset");
    }

    private ApplicationContext clients(int port) {
        Map<String, Object> properties = new HashMap<>(
                OverHttp.clientProperties(OverHttp.newServiceToken(), URI.create("http://127.0.0.1:" + port)));
        properties.put("slipway.data", data.toString());
        properties.put("micronaut.http.client.read-timeout", "300ms");
        return OverHttp.clients(properties);
    }
}
