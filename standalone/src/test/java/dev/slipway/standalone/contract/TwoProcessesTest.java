package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

    /** The contracts' own clients can't make such a request; others may. */
    @Test
    void anIncompleteOrBrokenBodyIsTheCallersMistake() throws IOException, InterruptedException {
        assertThat(convert("{}").statusCode()).isEqualTo(400);
        assertThat(convert("{}").body()).contains("\"code\":\"request.incomplete\"", "modelVersion");
        assertThat(convert("{\"modelVersion\":\"no id\"}").body()).contains("\"code\":\"id.malformed\"");
        assertThat(convert("no JSON").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> convert(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        installation.others().uri().resolve(ConversionApi.PATH + "/conversions"))
                .header("Authorization", "Bearer " + installation.serviceToken())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
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
