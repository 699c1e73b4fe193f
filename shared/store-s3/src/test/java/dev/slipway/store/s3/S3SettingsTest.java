package dev.slipway.store.s3;

import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.store.s3.S3Settings.Encryption;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class S3SettingsTest {
    private static final S3Settings GOOD =
            S3Settings.of(URI.create("https://s3.example.org"), "my-bucket", "my-key", "my-secret");

    @Test
    void whatIsOutsideItsRangeIsRefused() {
        List<ThrowingCallable> wrong = List.of(
                () -> of("ftp://s3.example.org", "my-bucket"),
                () -> of("https://user@s3.example.org", "my-bucket"),
                () -> of("https://s3.example.org/path", "my-bucket"),
                () -> of("https://s3.example.org", "My_Bucket"),
                () -> of("https://s3.example.org", ""),
                () -> S3Settings.of(GOOD.endpoint(), "my-bucket", "", "my-secret"),
                () -> S3Settings.of(GOOD.endpoint(), "my-bucket", "my-key", " "),
                () -> GOOD.withPrefix("no-slash"),
                () -> GOOD.withPrefix("../"),
                () -> GOOD.withRegion("a b"),
                () -> GOOD.withPartSize(S3Settings.MIN_PART_SIZE - 1),
                () -> GOOD.withPartSize(S3Settings.MAX_PART_SIZE + 1),
                () -> GOOD.withTimeout(Duration.ZERO),
                () -> new Encryption.KmsKey("line\nbreak"));
        for (ThrowingCallable settings : wrong) {
            assertRefused(settings, ErrorKind.INVALID, "store.setting");
        }
    }

    private static S3Settings of(String endpoint, String bucket) {
        return S3Settings.of(URI.create(endpoint), bucket, "my-key", "my-secret");
    }

    @Test
    void theSecretIsNotShown() {
        assertThat(GOOD.withPrefix("a/b/").toString())
                .contains("my-bucket", "a/b/", "my-key")
                .doesNotContain("my-secret");
    }
}
