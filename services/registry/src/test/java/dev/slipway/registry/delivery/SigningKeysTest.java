package dev.slipway.registry.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.embedded.EmbeddedStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path data;

    private EmbeddedStores stores;

    @BeforeEach
    void open() {
        stores = EmbeddedStores.open(data.resolve("stores"), InstantSource.system());
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void theFirstKeyIsMadeOnceAndForItsOwnerOnly() throws Exception {
        String made = keys().signing().getKeyID();

        assertThat(keys().signing().getKeyID()).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve("first.jwk"))))
                .isEqualTo("rw-------");
        assertThat(folder()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void processesThatStartAtOnceAgreeOnOneKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> made = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                made.add(threads.submit(() -> keys().signing().getKeyID()));
            }
            Set<String> different = new HashSet<>();
            for (Future<String> key : made) {
                different.add(key.get());
            }
            assertThat(different).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aNewerFileRotatesTheKeyAndTheOlderStillVerifies() throws Exception {
        SigningKeys keys = keys();
        String first = keys.signing().getKeyID();
        ECKey newer = key(NOW.plusSeconds(60));
        ECKey older = key(NOW.minusSeconds(60));

        Files.writeString(folder().resolve("a.jwk"), newer.toJSONString());
        Files.writeString(folder().resolve("z.jwk"), older.toJSONString());

        assertThat(keys.signing().getKeyID()).isEqualTo(newer.getKeyID());
        assertThat(keys.verifying().getKeys())
                .noneMatch(JWK::isPrivate)
                .extracting(JWK::getKeyID)
                .containsExactlyInAnyOrder(first, newer.getKeyID(), older.getKeyID());
    }

    @Test
    void aPublicKeyVerifiesButNeverSigns() throws Exception {
        SigningKeys keys = keys();
        String first = keys.signing().getKeyID();
        ECKey retired = key(NOW.plusSeconds(60)).toPublicJWK();

        Files.writeString(folder().resolve("retired.jwk"), retired.toJSONString());

        assertThat(keys.signing().getKeyID()).isEqualTo(first);
        assertThat(keys.verifying().getKeyByKeyId(retired.getKeyID())).isNotNull();
    }

    @Test
    void aDamagedFileIsNamed() throws Exception {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("bad.jwk"), "{\"kty\":\"EC\"}");

        assertThatThrownBy(() -> keys().signing())
                .isInstanceOf(SlipwayException.class)
                .hasMessageContaining("bad.jwk");
    }

    @Test
    void aProcessWithAnotherFolderDoesNotBeginAnew() throws Exception {
        String first = keys().signing().getKeyID();
        Path other = data.resolve("other");

        assertThatThrownBy(() -> keysIn(other).signing())
                .isInstanceOfSatisfying(SlipwayException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("delivery.keys-elsewhere"))
                .hasMessageContaining(first)
                .hasMessageContaining(other.toString());

        Files.createDirectories(other);
        Files.copy(folder().resolve("first.jwk"), other.resolve("first.jwk"));
        assertThat(keysIn(other).signing().getKeyID()).isEqualTo(first);
    }

    @Test
    void ofProcessesWithTheirOwnFoldersThatStartAtOnceOneBegins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> made = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Path own = data.resolve("own-" + i);
                made.add(threads.submit(() -> {
                    try {
                        return keysIn(own).signing().getKeyID();
                    } catch (SlipwayException e) {
                        return e.code();
                    }
                }));
            }
            int refused = 0;
            for (Future<String> key : made) {
                refused += key.get().equals("delivery.keys-elsewhere") ? 1 : 0;
            }
            assertThat(refused).isEqualTo(made.size() - 1);
        } finally {
            threads.shutdownNow();
        }
    }

    private static ECKey key(Instant issued) throws Exception {
        return new ECKeyGenerator(Curve.P_256)
                .keyIDFromThumbprint(true)
                .issueTime(Date.from(issued))
                .generate();
    }

    private Path folder() {
        return data.resolve("keys");
    }

    private SigningKeys keys() {
        return keysIn(folder());
    }

    private SigningKeys keysIn(Path folder) {
        return new SigningKeys(new DeliverySettings(folder), new FirstKey(stores.graph()), InstantSource.fixed(NOW));
    }
}
