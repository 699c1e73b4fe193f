package dev.slipway.store.s3;

import java.net.URI;
import java.util.Optional;

/**
 * The S3 server that {@code SLIPWAY_TEST_S3_URL} names, for instance {@code http://user:secret@127.0.0.1:9000}; the keys
 * may also stand in {@code SLIPWAY_TEST_S3_ACCESS_KEY} and {@code SLIPWAY_TEST_S3_SECRET_KEY}.
 */
final class RealServer {
    static final String URL = "SLIPWAY_TEST_S3_URL";
    static final String KMS_KEY = "SLIPWAY_TEST_S3_KMS_KEY";
    static final String NO_SERVER = "skipped: SLIPWAY_TEST_S3_URL names no S3 server, such as MinIO, to test with";
    static final String NO_KEY = "skipped: SLIPWAY_TEST_S3_KMS_KEY names no key that the S3 server encrypts with";

    private RealServer() {}

    static S3Settings settings() {
        URI url = URI.create(System.getenv(URL));
        String[] user = Optional.ofNullable(url.getUserInfo()).orElse(":").split(":", 2);
        return S3Settings.of(
                URI.create(url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())),
                "slipway-tests",
                variable("SLIPWAY_TEST_S3_ACCESS_KEY").orElse(user[0]),
                variable("SLIPWAY_TEST_S3_SECRET_KEY").orElse(user[1]));
    }

    /** The key that {@code SLIPWAY_TEST_S3_KMS_KEY} names. */
    static String kmsKey() {
        return System.getenv(KMS_KEY);
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
