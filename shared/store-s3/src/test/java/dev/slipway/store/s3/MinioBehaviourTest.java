package dev.slipway.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Digest;
import dev.slipway.store.s3.S3Settings.Encryption;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = RealServer.URL, matches = ".+", disabledReason = RealServer.NO_SERVER)
class MinioBehaviourTest extends S3Behaviour {
    @Override
    S3Settings server() {
        return RealServer.settings();
    }

    @Test
    @EnabledIfEnvironmentVariable(named = RealServer.KMS_KEY, matches = ".+", disabledReason = RealServer.NO_KEY)
    void theServerEncryptsShortAndLongArtifactsAsItIsTold() {
        String kmsKey = RealServer.kmsKey();
        assertEncrypted(new Encryption.ServerKeys(), "AES256");
        assertEncrypted(new Encryption.KmsKey(kmsKey), "aws:kms");
    }

    private void assertEncrypted(Encryption encryption, String told) {
        S3Settings settings = server().withPrefix("encryption/" + UUID.randomUUID() + "/")
                .withPartSize(PART)
                .withEncryption(encryption);
        for (long copySize : new long[] {PART, 1L << 30}) {
            try (S3ArtifactStore store = S3ArtifactStore.open(settings, copySize, InstantSource.system());
                    StoredKeys stored = new StoredKeys(settings)) {
                for (int size : new int[] {1000, 3 * PART}) {
                    byte[] bytes = new byte[size];
                    new Random().nextBytes(bytes);
                    Digest digest = store.put(bytes).digest();
                    assertThat(stored.header("artifacts/" + digest, "x-amz-server-side-encryption"))
                            .contains(told);
                    assertThat(store.read(digest, size)).isEqualTo(bytes);
                }
            }
        }
    }
}
