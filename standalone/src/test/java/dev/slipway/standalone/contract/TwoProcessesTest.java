package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The server processes of an installation among themselves. That one really calls the other follows from the contracts over
 * HTTP: datasets are served by one process only, and training and registry, in the other, refuse unknown dataset versions.
 */
@ExtendWith(Bindings.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TwoProcessesTest {
    private static final Caller CALLER = new Caller("test", Set.of(Role.ENGINEER), Workspace.DEFAULT);
    private static final DatasetId ID = new DatasetId(Contract.NOBODY);

    private final OverHttp installation;

    TwoProcessesTest(OverHttp installation) {
        this.installation = installation;
    }

    @Test
    void eachIsAProcessOfItsOwn() {
        assertThat(Set.of(
                        installation.datasets().processId(),
                        installation.others().processId(),
                        ProcessHandle.current().pid()))
                .hasSize(3);
        assertThat(installation.datasets().uri())
                .isNotEqualTo(installation.others().uri());
    }

    @Test
    void aServiceIsNotServedWhereItDoesNotRun() {
        try (ApplicationContext context = clientsOf(installation.others(), installation.serviceToken())) {
            // A route that nobody serves must not pass for null.
            Contract.refused(ErrorKind.UNAVAILABLE, "service.mismatch", () -> dataset(context));
        }
    }

    @Test
    void aProcessWithAnotherServiceTokenIsTurnedAway() {
        try (ApplicationContext context = clientsOf(installation.datasets(), OverHttp.newServiceToken())) {
            Contract.refused(ErrorKind.FORBIDDEN, "internal.closed", () -> dataset(context));
        }
    }

    private static void dataset(ApplicationContext context) {
        context.getBean(Callers.class)
                .callAs(CALLER, () -> context.getBean(DatasetApi.class).dataset(ID));
    }

    private ApplicationContext clientsOf(ServerProcess server, String serviceToken) {
        Map<String, Object> properties = new HashMap<>(OverHttp.clientProperties(serviceToken, server.uri()));
        properties.put("slipway.data", installation.data().path().toString());
        return OverHttp.clients(properties);
    }
}
