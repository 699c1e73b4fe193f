package dev.slipway.standalone.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.slipway.kernel.Digest;
import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import dev.slipway.standalone.cli.CommandResult;
import dev.slipway.standalone.demo.DemoRuns;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code slipway fetch} from a server on what the demo has released. */
@ExtendWith(DemoRuns.class)
@TestInstance(Lifecycle.PER_CLASS)
class FetchTest {
    private SlipwayServer server;

    @BeforeAll
    void serve(DemoRuns.Data demo) {
        server = SlipwayServer.start(new ServerSettings("127.0.0.1", 0, demo.folder(), ServerSettings.allServices()));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void whatArrivesIsWhatWasSigned(@TempDir Path folder) throws IOException {
        CommandResult result = fetch(server.uri(), folder, "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.json())
                .containsOnlyKeys("model", "channel", "version", "release", "files")
                .containsEntry("model", "digits")
                .containsEntry("channel", "production");
        List<Map<String, Object>> files = files(result);
        assertThat(files).extracting(file -> file.get("target")).contains("TFLITE", "ORT");
        for (Map<String, Object> file : files) {
            byte[] bytes = Files.readAllBytes(Path.of(file.get("path").toString()));
            assertThat(Digest.of(bytes).hex()).isEqualTo(file.get("sha256"));
            assertThat(bytes).hasSize(((Number) file.get("size")).intValue());
        }
        assertThat(names(folder)).hasSameSizeAs(files).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void peopleReadWhatWasVerified(@TempDir Path folder) {
        CommandResult result = fetch(server.uri(), folder);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("digits, channel production: version ")
                .contains("signature verified", "checksum verified", ".tflite", ".ort");
    }

    @Test
    void aFileThatIsThereIsNotFetchedAgain(@TempDir Path folder) throws IOException {
        try (Relay relay = Relay.to(server.uri(), Relay.Mischief.NONE)) {
            assertThat(fetch(relay.uri(), folder).exitCode()).isZero();
            int requests = relay.fileRequests().size();
            assertThat(requests).isEqualTo(names(folder).size());

            assertThat(fetch(relay.uri(), folder).exitCode()).isZero();

            assertThat(relay.fileRequests()).hasSize(requests);
        }
    }

    @Test
    void aDamagedFileIsFetchedAgain(@TempDir Path folder) throws IOException {
        Path file = tflite(fetch(server.uri(), folder, "--json"));
        byte[] whole = Files.readAllBytes(file);
        Files.writeString(file, "damaged");

        assertThat(fetch(server.uri(), folder).exitCode()).isZero();

        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @Test
    void aBrokenDownloadGoesOnWhereItStopped(@TempDir Path folder) throws IOException {
        int came = 1000;
        try (Relay relay = Relay.to(server.uri(), new Relay.Mischief(UnaryOperator.identity(), came))) {
            CommandResult broken = fetch(relay.uri(), folder, "--json");
            assertThat(broken.exitCode()).as(broken.err()).isEqualTo(7);
            assertThat(broken.error()).containsEntry("code", "fetch.file");
            assertThat(broken.error().get("message").toString()).contains("run the same command again");
        }
        assertThat(names(folder)).singleElement().asString().endsWith(".part");
        try (Relay relay = Relay.to(server.uri(), Relay.Mischief.NONE)) {
            long kept = Files.size(folder.resolve(names(folder).get(0)));
            assertThat(kept).isBetween(1L, (long) came);

            CommandResult whole = fetch(relay.uri(), folder, "--json");

            assertThat(whole.exitCode()).as(whole.err()).isZero();
            assertThat(relay.fileRequests().get(0).range()).isEqualTo(Optional.of("bytes=" + kept + "-"));
            assertThat(relay.fileRequests().stream().skip(1))
                    .allMatch(request -> request.range().isEmpty());
            for (Map<String, Object> file : files(whole)) {
                assertThat(Digest.of(Files.readAllBytes(Path.of(file.get("path").toString())))
                                .hex())
                        .isEqualTo(file.get("sha256"));
            }
            assertThat(names(folder)).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void aPartThatWasDamagedIsThrownAway(@TempDir Path folder) throws IOException {
        Map<String, Object> file = files(fetch(server.uri(), folder, "--json")).get(0);
        Path whole = Path.of(file.get("path").toString());
        Files.delete(whole);
        Files.writeString(
                folder.resolve(whole.getFileName() + "."
                        + file.get("sha256").toString().substring(0, 12) + ".part"),
                "damaged");

        CommandResult refused = fetch(server.uri(), folder, "--json");

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
        assertThat(refused.error()).containsEntry("code", "fetch.checksum");
        assertThat(whole).doesNotExist();
        assertThat(fetch(server.uri(), folder).exitCode()).isZero();
        assertThat(whole).exists();
        assertThat(names(folder)).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void aChangedManifestIsNotTrusted(@TempDir Path folder) throws IOException {
        try (Relay relay = Relay.to(server.uri(), new Relay.Mischief(FetchTest::withAnotherVersion, 0))) {
            notSigned(fetch(relay.uri(), folder, "--json"));

            assertThat(relay.fileRequests()).isEmpty();
            assertThat(names(folder)).isEmpty();
        }
    }

    @Test
    void onlyThePinnedKeysAreTrusted(@TempDir Path folder) throws IOException, JOSEException, ParseException {
        Path keys = folder.resolve("keys.json");
        String served;
        try (InputStream body =
                server.uri().resolve("/delivery/v1/keys").toURL().openStream()) {
            served = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> ids =
                JWKSet.parse(served).getKeys().stream().map(JWK::getKeyID).toList();
        List<JWK> foreign = new ArrayList<>();
        for (String id : ids) {
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID(id).generate();
            foreign.add(key.toPublicJWK());
        }

        Files.writeString(keys, new JWKSet(foreign).toString());
        notSigned(fetch(server.uri(), folder, "--json", "--keys", keys.toString()));
        Files.writeString(keys, new JWKSet().toString());
        notSigned(fetch(server.uri(), folder, "--json", "--keys", keys.toString()));
        assertThat(names(folder)).containsExactly("keys.json");

        Files.writeString(keys, served);
        CommandResult trusted = fetch(server.uri(), folder, "--keys", keys.toString());
        assertThat(trusted.exitCode()).as(trusted.err()).isZero();
    }

    @Test
    void keysThatCannotBeReadAreNotPassedOver(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("keys.txt"), "no keys");
        for (Path keys : List.of(text, folder.resolve("missing.json"))) {
            CommandResult result = fetch(server.uri(), folder, "--json", "--keys", keys.toString());

            assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
            assertThat(result.error()).containsEntry("code", "fetch.keys");
            assertThat(result.error().get("message").toString()).contains(keys.toString());
        }
        assertThat(names(folder)).containsExactly("keys.txt");
    }

    @Test
    void whatWasNeverReleasedIsNotFound(@TempDir Path folder) {
        CommandResult channel = fetch(server.uri(), folder, "--json", "--channel", "moon");
        CommandResult model = CommandResult.of(
                "fetch", "cats", "--json", "--server", server.uri().toString(), "-o", folder.toString());

        assertThat(channel.exitCode()).as(channel.err()).isEqualTo(4);
        assertThat(channel.error())
                .containsEntry("code", "delivery.unknown-channel")
                .containsEntry("kind", "NOT_FOUND");
        assertThat(channel.error().get("message").toString()).contains("moon");
        assertThat(model.exitCode()).as(model.err()).isEqualTo(4);
        assertThat(model.error()).containsEntry("code", "delivery.unknown-model");
        assertThat(model.error().get("message").toString()).contains("cats");
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsNamed(@TempDir Path folder) throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        CommandResult result = fetch(URI.create("http://127.0.0.1:" + port), folder, "--json");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(7);
        assertThat(result.error()).containsEntry("code", "fetch.unreachable");
        assertThat(result.error().get("message").toString()).contains("127.0.0.1:" + port);
    }

    @Test
    void anAddressOfNoServerIsRefused(@TempDir Path folder) {
        for (String address : List.of("127.0.0.1", "localhost:8080", "ftp://127.0.0.1/", "http:/nowhere")) {
            CommandResult result = fetch(URI.create(address), folder, "--json");

            assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
            assertThat(result.error()).containsEntry("code", "fetch.server");
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "a file");

        CommandResult result = fetch(server.uri(), file, "--json");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(7);
        assertThat(result.error()).containsEntry("code", "fetch.file");
        assertThat(result.error().get("message").toString()).contains(file.toString());
        assertThat(file).hasContent("a file");
    }

    private static CommandResult fetch(URI server, Path folder, String... more) {
        return CommandResult.of(Stream.concat(
                        Stream.of("fetch", "digits", "--server", server.toString(), "-o", folder.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static void notSigned(CommandResult result) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.error()).containsEntry("code", "fetch.signature");
        assertThat(result.out()).isEmpty();
    }

    /** The same header and signature, round a payload that names another version. */
    private static byte[] withAnotherVersion(byte[] manifest) {
        String[] parts = new String(manifest, StandardCharsets.US_ASCII).strip().split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = payload.replaceFirst("\"version\":\\d+", "\"version\":4711");
        assertThat(changed).isNotEqualTo(payload);
        parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8));
        return String.join(".", parts).getBytes(StandardCharsets.US_ASCII);
    }

    private static Path tflite(CommandResult fetched) {
        return files(fetched).stream()
                .filter(file -> file.get("target").equals("TFLITE"))
                .map(file -> Path.of(file.get("path").toString()))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked") // The values of an object have no other type.
    private static List<Map<String, Object>> files(CommandResult fetched) {
        return (List<Map<String, Object>>) fetched.json().get("files");
    }

    private static List<String> names(Path folder) {
        return Arrays.stream(folder.toFile().list()).sorted().toList();
    }
}
