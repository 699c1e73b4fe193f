package dev.slipway.lineage.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Entities;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks over HTTP, with a real receiver. */
@Timeout(120)
class WebhooksTest {
    private static final Argument<Map<String, Object>> JSON = Argument.mapOf(String.class, Object.class);
    private static final List<Map<String, String>> CREATED =
            List.of(Map.of("entity", "REGISTERED_MODEL", "action", "CREATED"));

    /** What the receiver got. */
    private record Received(Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private ApplicationContext context;
    private HttpServer receiver;
    private String address;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(exchange.getRequestHeaders(), body));
            Integer answer = answers.poll();
            exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
            exchange.close();
        });
        receiver.start();
        address = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        context = ApplicationContext.run(Map.of(
                "slipway.data",
                data.toString(),
                "micronaut.server.port",
                -1,
                "micronaut.server.host",
                "127.0.0.1",
                "slipway.webhooks.private-addresses",
                true,
                "slipway.webhooks.first-pause",
                "1ms"));
        context.getBean(EmbeddedServer.class).start();
    }

    @AfterEach
    void stop() {
        context.close();
        receiver.stop(0);
    }

    private Map<String, Object> call(String method, String path, Object body) throws Exception {
        ObjectMapper json = context.getBean(ObjectMapper.class);
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(
                                context.getBean(EmbeddedServer.class).getURI() + "/api/2.0/mlflow/webhooks" + path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return json.readValue(response.body(), JSON);
    }

    private String create(String secret) throws Exception {
        Map<String, Object> made =
                call("POST", "", Map.of("name", "hook", "url", address, "events", CREATED, "secret", secret));
        assertThat(made.toString()).doesNotContain("s3cret");
        return (String) ((Map<?, ?>) made.get("webhook")).get("webhook_id");
    }

    private void modelCreated(String name) {
        Caller caller = new Caller("test", Set.of(Role.ENGINEER), Workspace.DEFAULT);
        EntityRef model = EntityRef.of(
                EntityType.MODEL, context.getBean(IdGenerator.class).next(ModelId::new));
        context.getBean(Callers.class).runAs(caller, () -> context.getBean(Entities.class)
                .change()
                .event("model.created", model, Map.of("name", name, "tag:k", "v"))
                .commit());
    }

    private Received take() throws InterruptedException {
        Received one = received.poll(60, TimeUnit.SECONDS);
        assertThat(one).as("a delivery").isNotNull();
        return one;
    }

    private List<?> deliveries(String id) throws Exception {
        return (List<?>) call("GET", "/" + id + "/deliveries", null).get("deliveries");
    }

    @Test
    void eventsAreToldAndSigned() throws Exception {
        create("s3cret");
        modelCreated("digits");

        Received told = take();

        assertThat(told.header("Content-type")).isEqualTo("application/json");
        Map<String, Object> body = context.getBean(ObjectMapper.class).readValue(told.body(), JSON);
        assertThat(body).containsEntry("entity", "registered_model").containsEntry("action", "created");
        assertThat(body.get("data")).isEqualTo(Map.of("name", "digits", "tags", Map.of("k", "v"), "description", ""));
        assertThat(told.header("X-mlflow-signature"))
                .isEqualTo(Signature.of(
                        "s3cret", told.header("X-mlflow-delivery-id"), told.header("X-mlflow-timestamp"), told.body()));
    }

    @Test
    void signaturesAreThoseOfMlflow() {
        // Computed by MLflow's own mlflow.webhooks.delivery._generate_hmac_signature.
        assertThat(Signature.of("secret", "1234", "1700000000", "{\"a\": 1}"))
                .isEqualTo("v1,ixrw3kQmqFVsVGoL7YcWoU5H/0zC1519+SsP9nnlw6A=");
    }

    @Test
    void whatFailsIsToldAgainUnderTheSameId() throws Exception {
        answers.addAll(List.of(503, 500));
        String id = create("");
        modelCreated("digits");

        Set<String> ids = Set.of(take().header("X-mlflow-delivery-id"));
        assertThat(take().header("X-mlflow-delivery-id")).isIn(ids);
        Received third = take();
        assertThat(third.header("X-mlflow-delivery-id")).isIn(ids);
        assertThat(third.header("X-mlflow-signature")).isEmpty();
        while (deliveries(id).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(deliveries(id).toString()).contains("attempts=3", "success=true", "response_status=200");
    }

    @Test
    void whatIsRefusedIsNotToldAgain() throws Exception {
        answers.add(400);
        String id = create("");
        modelCreated("first");
        modelCreated("second");
        assertThat(take().body()).contains("first");
        assertThat(take().body()).contains("second");
        while (deliveries(id).size() < 2) {
            Thread.onSpinWait();
        }
        assertThat(deliveries(id).get(1).toString()).contains("success=false", "response_status=400", "attempts=1");
    }

    @Test
    void oneThatIsDisabledOrDeletedIsNotTold() throws Exception {
        String disabled = create("");
        call("PATCH", "/" + disabled, Map.of("status", "DISABLED"));
        String deleted = create("");
        call("DELETE", "/" + deleted, null);
        String third = create("");
        modelCreated("digits");
        take();
        while (deliveries(third).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(received).isEmpty();
        assertThat(call("GET", "/" + deleted, null)).containsEntry("error_code", "RESOURCE_DOES_NOT_EXIST");
        assertThat((List<?>) call("GET", "?max_results=1", null).get("webhooks"))
                .hasSize(1);
        assertThat(call("GET", "/nobody", null)).containsEntry("error_code", "RESOURCE_DOES_NOT_EXIST");
    }

    @Test
    void aWebhookIsTried() throws Exception {
        String id = create("s3cret");
        answers.add(418);
        assertThat(call("POST", "/" + id + "/test", Map.of()).toString())
                .contains("success=false", "response_status=418");
        assertThat(take().body()).contains("example_model");
        Map<String, Object> other = Map.of("event", Map.of("entity", "MODEL_VERSION", "action", "CREATED"));
        assertThat(call("POST", "/" + id + "/test", other).toString()).contains("success=true");
        assertThat(take().body()).contains("models:/123");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://example.org",
                "https://",
                "example.org",
                "http://u:p@example.org",
                "http://exa mple.org"
            })
    void otherAddressesAreRefused(String url) throws Exception {
        assertThat(call("POST", "", Map.of("name", "hook", "url", url, "events", CREATED)))
                .containsEntry("error_code", "INVALID_PARAMETER_VALUE");
    }

    @Test
    void namesAndEventsAreChecked() throws Exception {
        assertThat(call("POST", "", Map.of("name", "-hook", "url", address, "events", CREATED)))
                .containsEntry("error_code", "INVALID_PARAMETER_VALUE");
        assertThat(call("POST", "", Map.of("name", "hook", "url", address, "events", List.of())))
                .containsEntry("error_code", "INVALID_PARAMETER_VALUE");
        assertThat(call(
                        "POST",
                        "",
                        Map.of(
                                "name",
                                "hook",
                                "url",
                                address,
                                "events",
                                List.of(Map.of("entity", "REGISTERED_MODEL", "action", "EXCEEDED")))))
                .containsEntry("error_code", "INVALID_PARAMETER_VALUE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost:8080/",
                "http://10.1.2.3/",
                "http://169.254.169.254/latest",
                "http://192.168.0.1/",
                "http://100.64.0.1/",
                "http://[::1]/",
                "http://[fd00::1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://0.0.0.0/"
            })
    void privateAddressesAreRefusedUnlessTheSettingsAllowThem(String url) {
        WebhookSettings strict =
                new WebhookSettings(false, Duration.ofSeconds(1), 0, Duration.ZERO, 1, Path.of("none"), null);
        assertThat(catchThrowable(() -> new WebhookAddress(strict).check(url)))
                .hasMessageContaining("no public address");
    }
}
