package dev.slipway.standalone.fetch;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fetches releases over HTTP as a mobile build does, and trusts nothing that is not signed. */
public final class DeliveryClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_ANSWER = 1 << 20;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI server;
    private final Optional<String> token;
    private final Optional<Path> pinnedKeys;

    /** @param token an API token; null where none is asked for */
    public DeliveryClient(URI server, @Nullable String token) {
        this(server, token, null);
    }

    /**
     * @param server an http or https address
     * @param pinnedKeys a JSON Web Key Set to trust; null to trust the keys that the server names
     * @throws SlipwayException {@code fetch.server} for another address
     */
    public DeliveryClient(URI server, @Nullable String token, @Nullable Path pinnedKeys) {
        if (!List.of("http", "https").contains(String.valueOf(server.getScheme())) || server.getHost() == null) {
            throw SlipwayException.invalid(
                    "fetch.server",
                    "'" + server + "' is no address of a server: give one such as http://127.0.0.1:8080.");
        }
        this.server = server;
        this.token = Optional.ofNullable(token).filter(text -> !text.isBlank());
        this.pinnedKeys = Optional.ofNullable(pinnedKeys);
    }

    /**
     * The manifest of a channel, its signature verified.
     *
     * @throws SlipwayException {@code fetch.signature} when it is not signed by a trusted key; what the server says, when
     *     it refuses; {@code fetch.keys} when the keys to trust can't be read; {@code fetch.unreachable}
     */
    public Manifest manifest(String model, String channel) {
        String path = "/delivery/v1/models/" + segment(model) + "/channels/" + segment(channel) + "/manifest";
        try {
            JWSObject signed = JWSObject.parse(new String(get(path), StandardCharsets.UTF_8));
            verify(signed);
            return ObjectMapper.getDefault().readValue(signed.getPayload().toBytes(), Manifest.class);
        } catch (ParseException | JOSEException | IOException e) {
            throw SlipwayException.invalid(
                    "fetch.manifest",
                    "What " + server + " gave as the manifest of " + model + " can't be read: " + e.getMessage(),
                    e);
        }
    }

    /** The card of a version, a JSON object; fails with what the server says, when it refuses, and {@code fetch.unreachable}. */
    public byte[] card(String model, int version) {
        return get("/api/v1/models/" + segment(model) + "/versions/" + version + "/card.json");
    }

    /** Fetches the files of a release into a folder, resuming what is there in part. */
    public List<FetchedFile> fetch(Manifest manifest, Path folder) {
        List<FetchedFile> fetched = new ArrayList<>();
        for (Manifest.Entry entry : manifest.files()) {
            Path file = folder.resolve(manifest.fileName(entry));
            fetched.add(new FetchedFile(entry, new Download(file, entry).run(this::open)));
        }
        return fetched;
    }

    private void verify(JWSObject signed) throws ParseException, JOSEException, IOException {
        JWKSet keys = pinnedKeys.isPresent()
                ? pinned(pinnedKeys.get())
                : JWKSet.parse(new String(get("/delivery/v1/keys"), StandardCharsets.UTF_8));
        JWK key = keys.getKeyByKeyId(signed.getHeader().getKeyID());
        boolean trusted = key != null
                && signed.getHeader().getAlgorithm().equals(JWSAlgorithm.ES256)
                && signed.verify(new ECDSAVerifier(key.toECKey()));
        if (!trusted) {
            throw SlipwayException.invalid(
                    "fetch.signature",
                    "The manifest is not signed by a trusted key (key id "
                            + signed.getHeader().getKeyID() + "): do not use what it names, and tell who runs " + server
                            + ".");
        }
    }

    private static JWKSet pinned(Path file) {
        try {
            return JWKSet.load(file.toFile());
        } catch (ParseException | IOException e) {
            throw SlipwayException.invalid(
                    "fetch.keys", "Can't read a JSON Web Key Set from " + file + ": " + e.getMessage(), e);
        }
    }

    private byte[] get(String path) {
        try (InputStream body = open(path, 0).body()) {
            byte[] bytes = body.readNBytes(MAX_ANSWER + 1);
            if (bytes.length > MAX_ANSWER) {
                throw SlipwayException.tooLarge("fetch.too-large", "The answer to " + path + " is over 1 MiB.");
            }
            return bytes;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** The answer to a GET from an offset on; its status is 200 or 206. */
    private HttpResponse<InputStream> open(String path, long offset) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        if (offset > 0) {
            request.header("Range", "bytes=" + offset + "-");
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200 && response.statusCode() != 206) {
                throw refused(path, response);
            }
            return response;
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SlipwayException.unavailable("fetch.interrupted", "The download was interrupted.", e);
        }
    }

    private SlipwayException refused(String path, HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            Problem problem = Problem.parse(body.readNBytes(MAX_ANSWER));
            ErrorKind kind =
                    switch (response.statusCode()) {
                        case 401 -> ErrorKind.UNAUTHENTICATED;
                        case 403 -> ErrorKind.FORBIDDEN;
                        case 404 -> ErrorKind.NOT_FOUND;
                        default -> response.statusCode() >= 500 ? ErrorKind.UNAVAILABLE : ErrorKind.INVALID;
                    };
            return new SlipwayException(
                    kind,
                    problem.code().orElse("fetch.refused"),
                    problem.detail().orElse(server + " answered " + response.statusCode() + " to " + path + "."),
                    null);
        }
    }

    private SlipwayException unreachable(IOException failure) {
        return SlipwayException.unavailable(
                "fetch.unreachable",
                "Can't fetch from " + server + " (" + failure + "): check the address, and that Slipway runs there.",
                failure);
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
