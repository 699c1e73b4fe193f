package dev.slipway.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A call over HTTP, from a context that has only clients to one that has only the services. */
class RemoteBindingTest extends BindingContract {
    private static final String SERVICE_TOKEN = "0123456789abcdef0123456789abcdef";
    private static final Caller CALLER = new Caller("test", Set.of(Role.ADMIN), Workspace.DEFAULT);

    private EmbeddedServer server;
    private ApplicationContext process;

    @BeforeAll
    void start() {
        server = ApplicationContext.run(EmbeddedServer.class, echo(SERVICE_TOKEN));
        process = client(server.getURL().toString(), SERVICE_TOKEN);
    }

    @AfterAll
    void stop() {
        process.close();
        server.close();
    }

    @Override
    ApplicationContext process() {
        return process;
    }

    @Test
    void aDefectDoesNotTellOfTheInside() {
        SlipwayException failure = failure(process, "defect");

        assertThat(failure.kind()).isEqualTo(ErrorKind.INTERNAL);
        assertThat(failure.code()).isEqualTo("internal");
        assertThat(failure).hasMessageNotContaining("the inside");
    }

    @Test
    void aServiceThatIsNotThereIsUnavailable() {
        // Port 1 of loopback: nothing listens there.
        try (ApplicationContext lonely = client("http://127.0.0.1:1", SERVICE_TOKEN)) {
            SlipwayException failure = failure(lonely, "x");

            assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(failure.code()).isEqualTo("service.unreachable");
        }
    }

    @Test
    void aWrongServiceTokenIsRefusedAndNotTakenForNull() {
        try (ApplicationContext stranger = client(server.getURL().toString(), "x".repeat(32))) {
            assertThat(failure(stranger, "x").code()).isEqualTo("internal.closed");
            SlipwayException read = catchThrowableOfType(SlipwayException.class, () -> stranger.getBean(Callers.class)
                    .callAs(CALLER, () -> stranger.getBean(TrainingApi.class).experiment(EchoTraining.KNOWN)));
            assertThat(read.code()).isEqualTo("internal.closed");
        }
    }

    @Test
    void aProcessThatDoesNotHaveTheServiceIsNotTakenForOneThatFindsNothing() {
        MonitoringApi missing = process.getBean(MonitoringApi.class);
        SlipwayException failure = catchThrowableOfType(SlipwayException.class, () -> process.getBean(Callers.class)
                .callAs(CALLER, () -> missing.monitor(new MonitorId("0".repeat(32)))));

        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(failure.code()).isEqualTo("service.mismatch");
    }

    private static SlipwayException failure(ApplicationContext process, String name) {
        return catchThrowableOfType(SlipwayException.class, () -> process.getBean(Callers.class)
                .callAs(CALLER, () -> process.getBean(TrainingApi.class).createExperiment(new CreateExperiment(name))));
    }

    private static ApplicationContext client(String url, String serviceToken) {
        Map<String, Object> properties = new HashMap<>();
        for (String service : new String[] {"training", "dataset", "monitoring"}) {
            properties.put("slipway.services." + service, false);
            properties.put("micronaut.http.services." + service + ".url", url);
        }
        properties.put("slipway.service-token", serviceToken);
        return ApplicationContext.run(properties);
    }
}
