package dev.slipway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.api.tokens.CreateToken;
import dev.slipway.api.tokens.NewToken;
import dev.slipway.api.tokens.TokensApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.http.RawHttp.Answer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerTest {
    private static final String SERVICE_TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String AS_SERVICE = "Authorization: Bearer " + SERVICE_TOKEN;

    private EmbeddedServer open;
    private EmbeddedServer guarded;
    private RawHttp http;
    private RawHttp guardedHttp;

    @BeforeAll
    void start(@TempDir Path data) {
        open = server(data, "open");
        guarded = server(data, "token");
        http = new RawHttp(open.getPort());
        guardedHttp = new RawHttp(guarded.getPort());
    }

    private static EmbeddedServer server(Path data, String mode) {
        return ApplicationContext.run(
                EmbeddedServer.class,
                Map.of(
                        "slipway.data",
                        data.toString(),
                        "micronaut.server.port",
                        -1,
                        "micronaut.server.max-request-buffer-size",
                        2000,
                        "slipway.security.mode",
                        mode,
                        "slipway.server.host-names",
                        "slipway.example",
                        "slipway.service-token",
                        SERVICE_TOKEN,
                        "slipway.test.handler",
                        false));
    }

    @AfterAll
    void stop() {
        open.close();
        guarded.close();
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void everyKindHasItsStatusAndProblemDetails(ErrorKind kind) throws IOException {
        Answer answer = http.get("/test/kind/" + kind);

        assertThat(answer.status()).isEqualTo(kind.httpStatus());
        assertThat(answer.headers()).containsIgnoringCase("content-type: application/problem+json");
        assertThat(answer.body())
                .contains("\"code\":\"test.failed\"", "\"detail\":\"The test failed.\"", "\"kind\":\"" + kind + "\"")
                .contains(
                        "\"status\":" + kind.httpStatus(), "\"type\":\"urn:slipway:problem:test.failed\"", "requestId");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404, route.unknown",
        "DELETE, /test/defect, 405, route.method",
        "GET, /test/number, 400, request.malformed",
        "GET, /test/number?value=x, 400, request.malformed",
        "GET, /test/runs/17, 400, id.malformed",
        "GET, /test/defect, 500, internal"
    })
    void theFrameworksErrorsHaveTheSameForm(String method, String path, int status, String code) throws IOException {
        Answer answer = http.send(method, path, null);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).containsIgnoringCase("content-type: application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": | 400 | request.malformed",
                "[] | 400 | request.malformed",
                "{\"name\":\"x\",\"workspace\":\"No!\"} | 400 | workspace.malformed"
            })
    void aBodyThatIsNotUnderstoodIsTheCallersMistake(String body, int status, String code) throws IOException {
        Answer answer = http.post("/test/named", body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void aBodyOverItsBoundIsTooLarge() throws IOException {
        Answer answer = http.post("/test/named", "{\"name\":\"" + "x".repeat(3000) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("request.too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:8080", "[::1]:80", "LOCALHOST:1", "slipway.example"})
    void knownHostsAreServed(String host) throws IOException {
        assertThat(http.get("/test/caller", "Host: " + host).status()).isEqualTo(200);
    }

    /** The gateway has checked the host that the client named; a service is called by an internal name. */
    @Test
    void onlyTheGatewayMayUseAnotherHost() throws IOException {
        assertThat(http.get("/test/caller", "Host: registry:8080", "X-Slipway-Gateway: " + SERVICE_TOKEN)
                        .status())
                .isEqualTo(200);
        assertThat(http.get("/test/caller", "Host: registry:8080", "X-Slipway-Gateway: " + SERVICE_TOKEN + "0")
                        .body())
                .contains("host.unknown");
        assertThat(guardedHttp
                        .get("/test/caller", "Host: registry:8080", "X-Slipway-Gateway: " + SERVICE_TOKEN)
                        .body())
                .as("being forwarded names no caller")
                .contains("caller.unknown");
    }

    @Test
    void theHealthOfEachStoreIsTold() throws IOException {
        assertThat(http.get("/health/readiness").body())
                .contains("\"graphStore\"", "\"metricStore\"", "\"artifactStore\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:80", "localhost.evil", "10.0.0.1"})
    void unknownHostsAreNot(String host) throws IOException {
        Answer answer = http.get("/test/caller", "Host: " + host);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("host.unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://localhost:1", "::"})
    void pagesOfOtherSitesAreRefused(String origin) throws IOException {
        Answer answer = http.get("/test/caller", "Host: localhost:8080", "Origin: " + origin);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("origin.foreign");
    }

    @Test
    void theServersOwnPagesAreServed() throws IOException {
        assertThat(http.get("/test/caller", "Host: localhost:8080", "Origin: http://localhost:8080")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type:",
                "Content-Type: text/plain",
                "Content-Type: text/PLAIN; charset=utf-8",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: multipart/form-data; boundary=x"
            })
    void bodiesThatBrowsersSendUnaskedAreRefused(String header) throws IOException {
        Answer answer = http.post("/test/named", "{\"name\":\"x\",\"workspace\":\"default\"}", header);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body()).contains("request.content-type");
    }

    @Test
    void jsonIsTaken() throws IOException {
        assertThat(http.post("/test/named", "{\"name\":\"x\",\"workspace\":\"default\"}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/internal/v1/jobs/", "/internal/v1/tokens/", "/internal/nothing", "/%69nternal/v1/jobs/"})
    void contractsAreClosedToAllButServices(String path) throws IOException {
        assertThat(http.get(path).status()).isIn(403, 404);
        assertThat(http.get(path, "Origin: http://127.0.0.1:" + http.port()).status())
                .isIn(403, 404);
        assertThat(http.get(path, "Authorization: Bearer wrong").status()).isIn(401, 403, 404);
        assertThat(guardedHttp
                        .get(path, "Authorization: Bearer " + token(Role.ADMIN).secret())
                        .status())
                .isIn(403, 404);
    }

    @Test
    void aServiceReachesContractsInTheNameOfItsCaller() throws IOException {
        assertThat(guardedHttp.get("/internal/v1/jobs/", AS_SERVICE).status()).isEqualTo(200);
        assertThat(guardedHttp
                        .get("/internal/v1/tokens/", AS_SERVICE, "X-Slipway-Caller: default viewer token:reader")
                        .body())
                .contains("caller.role", "token:reader");
        assertThat(guardedHttp
                        .get("/test/caller", AS_SERVICE, "X-Slipway-Caller: other viewer token:some one")
                        .body())
                .isEqualTo("token:some one in other");
    }

    @Test
    void aCallerHeaderWithoutAServiceTokenIsNotBelieved() throws IOException {
        assertThat(http.get("/test/caller", "X-Slipway-Caller: default admin boss")
                        .body())
                .isEqualTo("local in default");
        assertThat(guardedHttp
                        .get(
                                "/test/admin",
                                "Authorization: Bearer " + token(Role.VIEWER).secret(),
                                "X-Slipway-Caller: default admin boss")
                        .body())
                .isEqualTo("false");
    }

    @Test
    void openOnLoopbackMeansTheLocalAdminAndTokenModeNobody() throws IOException {
        assertThat(http.get("/test/caller").body()).isEqualTo("local in default");
        assertThat(http.get("/test/admin").body()).isEqualTo("true");
        Answer nobody = guardedHttp.get("/test/caller");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.headers()).containsIgnoringCase("www-authenticate: Bearer");
    }

    @Test
    void aTokenStandsForItsRoleUntilItIsRevoked() throws IOException {
        NewToken token = token(Role.VIEWER);
        String header = "Authorization: Bearer " + token.secret();

        assertThat(token.secret()).startsWith("slw_").hasSizeGreaterThan(40);
        assertThat(guardedHttp.get("/test/caller", header).body()).isEqualTo("token:ci in default");
        assertThat(guardedHttp.get("/test/admin", header).body()).isEqualTo("false");

        as(() -> tokens().revoke(token.id()));
        Answer refused = guardedHttp.get("/test/caller", header);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).contains("token.revoked");
    }

    @Test
    void aTokenIsOfOneWorkspaceOnly() throws IOException {
        Answer answer = guardedHttp.get(
                "/test/caller", "Authorization: Bearer " + token(Role.ADMIN).secret(), "X-Slipway-Workspace: other");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("token.unknown");
    }

    @Test
    void theSecretIsNotKept() throws IOException {
        NewToken token = token(Role.VIEWER);

        assertThat(as(() -> tokens().list(1000, null)).items().toString()).doesNotContain(token.secret());
        assertThat(guardedHttp.get("/internal/v1/tokens/", AS_SERVICE).body()).doesNotContain(token.secret());
    }

    @ParameterizedTest
    @CsvSource({"'', VIEWER, 1, token.name", "ci, VIEWER, 0, token.days", "ci, SERVICE, 1, token.role"})
    void tokensThatShouldNotBeAreRefused(String name, Role role, int days, String code) {
        Throwable refusal = catchThrowable(() -> as(() -> tokens().create(new CreateToken(name, role, days))));

        assertThat(refusal)
                .isInstanceOf(SlipwayException.class)
                .extracting("code")
                .isEqualTo(code);
    }

    @Test
    void healthIsPlainAndDetailed() throws IOException {
        Answer plain = http.get("/health");
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.headers()).containsIgnoringCase("content-type: text/plain");
        assertThat(plain.body()).isEqualTo("OK");
        assertThat(http.get("/health/liveness").body()).contains("\"status\":\"UP\"");
        assertThat(http.get("/health/readiness").body()).contains("graphStore");
    }

    @Test
    void metricsAreInPrometheusFormat() throws IOException {
        http.get("/test/caller");

        Answer page = http.get("/prometheus");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers()).containsIgnoringCase("content-type: text/plain");
        assertThat(page.body())
                .contains(
                        "# TYPE jvm_memory_used_bytes gauge",
                        "http_server_requests_seconds_bucket",
                        "slipway_store_up{store=\"graphStore\",} 1.0");
    }

    @Test
    void aRequestIdIsKeptOrMadeAndStandsInTheLog() throws IOException {
        Answer kept = http.get("/test/log", "X-Request-Id: abc-123");
        assertThat(kept.body()).isEqualTo("abc-123");
        assertThat(kept.headers()).containsIgnoringCase("x-request-id: abc-123");

        assertThat(http.get("/test/log").body()).hasSize(32);
        assertThat(http.get("/test/log", "X-Request-Id: a b\"c").body()).hasSize(32);
        assertThat(http.get("/nowhere", "X-Request-Id: abc-124").body()).contains("\"requestId\":\"abc-124\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1"})
    void anOpenServerIsNotBoundWhereOthersReachIt(String host, @TempDir Path data) {
        Throwable refusal = catchThrowable(() -> ApplicationContext.run(
                        EmbeddedServer.class,
                        Map.of(
                                "slipway.data",
                                data.toString(),
                                "micronaut.server.host",
                                host,
                                "micronaut.server.port",
                                -1))
                .close());

        assertThat(refusal)
                .isInstanceOf(SlipwayException.class)
                .extracting("code")
                .isEqualTo("security.open-address");
    }

    private TokensApi tokens() {
        return guarded.getApplicationContext().getBean(TokensApi.class);
    }

    private NewToken token(Role role) {
        return as(() -> tokens().create(new CreateToken("ci", role, 1)));
    }

    private <T> T as(Supplier<T> call) {
        return guarded.getApplicationContext()
                .getBean(Callers.class)
                .callAs(new Caller("test", Set.of(Role.ADMIN), Workspace.DEFAULT), call);
    }
}
