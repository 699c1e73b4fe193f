package dev.slipway.registry.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.conversion.Target;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.registry.TestProcess;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.core.type.Argument;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryTest {
    private static final String MANIFEST = "/delivery/v1/models/digits/channels/production/manifest";
    private static final Argument<Map<String, Object>> JSON = Argument.mapOf(String.class, Object.class);

    private final HttpClient client = HttpClient.newHttpClient();
    private final byte[] content = new byte[300_000];

    private TestProcess process;
    private ModelId model;
    private DatasetVersionId dataset;
    private ModelFile file;

    @BeforeAll
    void start(@TempDir Path data) {
        new Random(1).nextBytes(content);
        process = TestProcess.start(data, Map.of("micronaut.server.port", -1, "micronaut.server.host", "127.0.0.1"));
        process.bean(EmbeddedServer.class).start();
        model = process.model("digits", new GatePolicy(0.5, 1, 1_000_000, 0.5, Set.of(Target.ORT)))
                .id();
        dataset = process.testSet();
        file = process.file(Target.ORT, content, 0);
        release();
    }

    @AfterAll
    void stop() {
        process.close();
    }

    private void release() {
        ModelVersionId version = process.complete(model, dataset, 4);
        process.attach(version, file);
        assertThat(process.release(version, "production")).isEmpty();
    }

    @Test
    void aManifestIsVerifiedByItsPublicKeyAlone() throws Exception {
        HttpResponse<byte[]> response = get(MANIFEST);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "content-type")).startsWith("application/jose");
        assertThat(header(response, "cache-control")).isEqualTo("no-cache");
        String[] jws = text(response).split("\\.");
        Map<String, Object> head = json(decode(jws[0]));
        assertThat(head).containsEntry("alg", "ES256");
        assertThat(verified(jws, key((String) head.get("kid")))).isTrue();
        Map<String, Object> manifest = json(decode(jws[1]));
        assertThat(manifest)
                .containsEntry("model", "digits")
                .containsEntry("channel", "production")
                .containsEntry("classes", List.of("a", "b", "c", "d"))
                .containsEntry("inputShape", List.of(4))
                .containsKeys("number", "release", "version", "issued");
        assertThat(manifest.get("files").toString())
                .contains(file.artifact().hex())
                .contains("layout=KEEP")
                .contains("/delivery/v1/files/" + file.artifact());
    }

    @Test
    void aChangedManifestIsDetected() throws Exception {
        String[] jws = text(get(MANIFEST)).split("\\.");
        PublicKey key = key((String) json(decode(jws[0])).get("kid"));
        String payload = new String(decode(jws[1]), StandardCharsets.UTF_8);
        jws[1] = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.replace("digits", "digitz").getBytes(StandardCharsets.UTF_8));

        assertThat(verified(jws, key)).isFalse();
    }

    @Test
    void keysAreGivenWithoutTheirSecrets() throws Exception {
        HttpResponse<byte[]> response = get("/delivery/v1/keys");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response)).contains("\"crv\":\"P-256\"").doesNotContain("\"d\":");
        assertThat(get("/delivery/v1/keys", "if-none-match", header(response, "etag"))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void aManifestIsSentAgainOnlyWhenItHasChanged() throws Exception {
        String tag = header(get(MANIFEST), "etag");

        HttpResponse<byte[]> unchanged = get(MANIFEST, "if-none-match", "\"other\", W/" + tag);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(header(unchanged, "etag")).isEqualTo(tag);

        release();

        HttpResponse<byte[]> changed = get(MANIFEST, "if-none-match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(header(changed, "etag")).isNotEqualTo(tag);
    }

    @Test
    void answersAreCountedByWhatWasAskedFor() throws Exception {
        double unchanged = counted("manifest", 304);
        double unknown = counted("manifest", 404);
        double files = counted("file", 200);

        get(MANIFEST, "if-none-match", header(get(MANIFEST), "etag"));
        get("/delivery/v1/models/nobody/channels/production/manifest");
        get(path());

        assertThat(counted("manifest", 304)).isEqualTo(unchanged + 1);
        assertThat(counted("manifest", 404)).isEqualTo(unknown + 1);
        assertThat(counted("file", 200)).isEqualTo(files + 1);
    }

    private double counted(String asked, int status) {
        Counter counter = process.bean(MeterRegistry.class)
                .find("slipway.delivery.answers")
                .tag("asked", asked)
                .tag("status", String.valueOf(status))
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void aFileIsGivenWholeAndForever() throws Exception {
        HttpResponse<byte[]> response = get(path());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(content);
        assertThat(header(response, "content-length")).isEqualTo("300000");
        assertThat(header(response, "accept-ranges")).isEqualTo("bytes");
        assertThat(header(response, "etag")).isEqualTo("\"" + file.artifact() + "\"");
        assertThat(header(response, "cache-control")).contains("immutable").contains("max-age=31536000");
        assertThat(get(path(), "if-none-match", header(response, "etag")).statusCode())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-99999, 0, 100000",
        "bytes=299999-, 299999, 300000",
        "bytes=-5, 299995, 300000",
        "bytes=-900000, 0, 300000",
        "bytes=1000-900000, 1000, 300000",
    })
    void aPartIsGivenAsAskedFor(String range, int from, int to) throws Exception {
        HttpResponse<byte[]> response = get(path(), "range", range);

        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(content, from, to));
        assertThat(header(response, "content-range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/300000");
        assertThat(header(response, "content-length")).isEqualTo(String.valueOf(to - from));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=300000-", "bytes=-0", "bytes=99999999999999999999-"})
    void aRangeBeyondTheEndIsRefused(String range) throws Exception {
        HttpResponse<byte[]> response = get(path(), "range", range);

        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(header(response, "content-range")).isEqualTo("bytes */300000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"items=0-1", "bytes=5-1", "bytes=a-b", "bytes=0-1,5-6", "bytes"})
    void aRangeThatIsNoneIsIgnored(String range) throws Exception {
        assertThat(get(path(), "range", range).statusCode()).isEqualTo(200);
    }

    @Test
    void aDownloadGoesOnOnlyWithTheSameBytes() throws Exception {
        String tag = "\"" + file.artifact() + "\"";

        assertThat(get(path(), "range", "bytes=5-9", "if-range", tag).statusCode())
                .isEqualTo(206);
        assertThat(get(path(), "range", "bytes=5-9", "if-range", "\"other\"").statusCode())
                .isEqualTo(200);
        assertThat(get(path(), "range", "bytes=5-9", "if-range", "Sat, 21 Nov 2026 12:00:00 GMT")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(path(), "range", "bytes=5-9", "if-none-match", tag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void headersAloneTellTheSize() throws Exception {
        HttpResponse<byte[]> response = send(request(path())
                .header("range", "bytes=0-1")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "content-length")).isEqualTo("300000");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void whatWasNotReleasedIsNotGiven() throws Exception {
        ModelFile hidden = process.file(Target.ORT, new byte[] {1, 2, 3}, 0);

        assertRefused(404, "delivery.unknown-file", "/delivery/v1/files/" + hidden.artifact());
        assertRefused(404, "delivery.unknown-file", "/delivery/v1/files/" + "0".repeat(64));
        assertRefused(400, "digest.malformed", "/delivery/v1/files/ABC");
        assertRefused(404, "delivery.unknown-model", "/delivery/v1/models/none/channels/production/manifest");
        assertRefused(404, "delivery.unknown-model", "/delivery/v1/models/%2e%2e%2fx/channels/production/manifest");
        assertRefused(404, "delivery.unknown-channel", "/delivery/v1/models/digits/channels/none/manifest");
        assertRefused(404, "delivery.unknown-channel", "/delivery/v1/models/digits/channels/a%2fb/manifest");
    }

    @Test
    void othersSeeNothing() throws Exception {
        assertRefused(403, "caller.role", MANIFEST, "test-role", "viewer");
        assertRefused(403, "caller.role", path(), "test-role", "viewer");
        assertRefused(404, "delivery.unknown-model", MANIFEST, "test-workspace", "other");
        assertRefused(404, "delivery.unknown-file", path(), "test-workspace", "other");
    }

    private void assertRefused(int status, String code, String path, String... headers) throws Exception {
        HttpResponse<byte[]> response = get(path, headers);
        assertThat(response.statusCode()).as(path).isEqualTo(status);
        assertThat(text(response)).as(path).contains(code);
    }

    private String path() {
        return "/delivery/v1/files/" + file.artifact();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create(process.bean(EmbeddedServer.class).getURL() + path));
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static byte[] decode(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private Map<String, Object> json(byte[] bytes) throws IOException {
        return process.bean(ObjectMapper.class).readValue(bytes, JSON);
    }

    /** Checks as a device without any library would: with the JDK alone. */
    private static boolean verified(String[] jws, PublicKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(key);
        signature.update((jws[0] + "." + jws[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(decode(jws[2]));
    }

    private PublicKey key(String kid) throws Exception {
        Map<String, Object> set = json(get("/delivery/v1/keys").body());
        for (Object each : (List<?>) set.get("keys")) {
            Map<?, ?> jwk = (Map<?, ?>) each;
            if (kid.equals(jwk.get("kid"))) {
                ECPoint point = new ECPoint(number(jwk.get("x")), number(jwk.get("y")));
                return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, p256()));
            }
        }
        throw new AssertionError("no key " + kid + " in " + set);
    }

    private static BigInteger number(Object base64) {
        return new BigInteger(1, decode((String) base64));
    }

    private static ECParameterSpec p256() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }
}
