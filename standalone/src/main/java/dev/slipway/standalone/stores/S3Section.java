package dev.slipway.standalone.stores;

import dev.slipway.store.s3.S3Settings;
import dev.slipway.store.s3.S3Settings.Encryption;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** {@code slipway.s3.*}: the artifact store's server. */
final class S3Section {
    private static final String KMS = "kms:";

    private S3Section() {}

    static Optional<S3Settings> read(Function<String, Optional<String>> source) {
        Section section = new Section("s3", source);
        Optional<URI> url = section.url("url");
        Optional<String> secret = section.secret("secret-key");
        if (url.isEmpty()) {
            section.refuseWithout(
                    "url", "bucket", "prefix", "region", "access-key", "secret-key", "secret-key-file", "encryption");
            return Optional.empty();
        }
        String bucket = section.needed("bucket", "the name of the bucket that holds the artifacts.");
        section.refuseHalf("access-key", section.text("access-key").isPresent(), "secret-key", secret.isPresent());
        S3Settings settings = S3Settings.of(
                        url.get(),
                        bucket,
                        section.needed("access-key", "the account that reads and writes the bucket."),
                        secret.orElseThrow())
                .withPrefix(section.text("prefix").map(S3Section::closed).orElse(""))
                .withRegion(section.text("region").orElse("us-east-1"));
        return Optional.of(section.text("encryption")
                .map(value -> settings.withEncryption(encryption(section, value)))
                .orElse(settings));
    }

    private static String closed(String prefix) {
        return prefix.endsWith("/") ? prefix : prefix + "/";
    }

    private static Encryption encryption(Section section, String value) {
        if (value.equals("server")) {
            return new Encryption.ServerKeys();
        }
        if (value.startsWith(KMS)) {
            return new Encryption.KmsKey(value.substring(KMS.length()));
        }
        throw section.wrong("encryption", "is 'server' or 'kms:<id of the key>', not '" + value + "'.");
    }
}
