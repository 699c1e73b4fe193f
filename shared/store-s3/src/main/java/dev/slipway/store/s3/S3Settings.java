package dev.slipway.store.s3;

import dev.slipway.kernel.SlipwayException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the artifacts are and how they get there. Whatever is outside its range is {@code INVALID}, {@code
 * store.setting}.
 *
 * @param endpoint {@code http} or {@code https}, a host and perhaps a port
 * @param bucket its name
 * @param prefix what every key begins with: empty, or a path that ends with a slash
 * @param region what requests are signed for, for instance {@code us-east-1}
 * @param accessKey names the account
 * @param secretKey the account's secret
 * @param encryption how the server encrypts what it stores; when empty, as the bucket says
 * @param partSize bytes sent in one request, 5 MiB to 512 MiB; a put holds two such parts in memory, and stores at most
 *     10,000 of them
 * @param createBucket whether a bucket that does not exist is made
 * @param timeout how long the server may say nothing before a request counts as lost, 1 s to 10 min
 */
public record S3Settings(
        URI endpoint,
        String bucket,
        String prefix,
        String region,
        String accessKey,
        String secretKey,
        Optional<Encryption> encryption,
        int partSize,
        boolean createBucket,
        Duration timeout) {
    /** The smallest part that S3 takes. */
    public static final int MIN_PART_SIZE = 5 * 1024 * 1024;

    /** The largest part that is held in memory. */
    public static final int MAX_PART_SIZE = 512 * 1024 * 1024;

    private static final int DEFAULT_PART_SIZE = 8 * 1024 * 1024;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,99}/){0,9}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,62}");
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9:/_.-]{1,256}");

    public S3Settings {
        check(isServer(endpoint), "endpoint", "is no address like https://host:port", endpoint);
        check(BUCKET.matcher(bucket).matches(), "bucket", "is no bucket's name", bucket);
        check(PREFIX.matcher(prefix).matches(), "prefix", "is neither empty nor a path that ends with '/'", prefix);
        check(REGION.matcher(region).matches(), "region", "is no region's name", region);
        check(!accessKey.isBlank(), "access key", "is empty", "");
        check(!secretKey.isBlank(), "secret key", "is empty", "");
        check(
                partSize >= MIN_PART_SIZE && partSize <= MAX_PART_SIZE,
                "part size",
                "is not within 5 MiB and 512 MiB",
                partSize);
        check(
                timeout.compareTo(Duration.ofSeconds(1)) >= 0 && timeout.compareTo(Duration.ofMinutes(10)) <= 0,
                "timeout",
                "is not within 1 s and 10 min",
                timeout);
    }

    /** The usual settings: no prefix, region {@code us-east-1}, parts of 8 MiB, the bucket made if need be. */
    public static S3Settings of(URI endpoint, String bucket, String accessKey, String secretKey) {
        return new S3Settings(
                endpoint,
                bucket,
                "",
                "us-east-1",
                accessKey,
                secretKey,
                Optional.empty(),
                DEFAULT_PART_SIZE,
                true,
                DEFAULT_TIMEOUT);
    }

    public S3Settings withPrefix(String other) {
        return new S3Settings(
                endpoint, bucket, other, region, accessKey, secretKey, encryption, partSize, createBucket, timeout);
    }

    public S3Settings withRegion(String other) {
        return new S3Settings(
                endpoint, bucket, prefix, other, accessKey, secretKey, encryption, partSize, createBucket, timeout);
    }

    public S3Settings withEncryption(Encryption other) {
        return new S3Settings(
                endpoint,
                bucket,
                prefix,
                region,
                accessKey,
                secretKey,
                Optional.of(other),
                partSize,
                createBucket,
                timeout);
    }

    public S3Settings withPartSize(int other) {
        return new S3Settings(
                endpoint, bucket, prefix, region, accessKey, secretKey, encryption, other, createBucket, timeout);
    }

    public S3Settings withCreateBucket(boolean other) {
        return new S3Settings(
                endpoint, bucket, prefix, region, accessKey, secretKey, encryption, partSize, other, timeout);
    }

    public S3Settings withTimeout(Duration other) {
        return new S3Settings(
                endpoint, bucket, prefix, region, accessKey, secretKey, encryption, partSize, createBucket, other);
    }

    private static boolean isServer(URI endpoint) {
        return ("http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme()))
                && endpoint.getHost() != null
                && endpoint.getRawUserInfo() == null
                && (endpoint.getRawPath().isEmpty() || endpoint.getRawPath().equals("/"))
                && endpoint.getRawQuery() == null
                && endpoint.getRawFragment() == null;
    }

    private static void check(boolean holds, String what, String why, Object value) {
        if (!holds) {
            throw SlipwayException.invalid(
                    "store.setting",
                    "The artifact store's " + what + " " + why + (value.equals("") ? "" : ": " + value) + ".");
        }
    }

    /** All but the secret. */
    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint + ", bucket=" + bucket + ", prefix=" + prefix + ", region=" + region
                + ", accessKey=" + accessKey + ", encryption=" + encryption + ", partSize=" + partSize
                + ", createBucket=" + createBucket + ", timeout=" + timeout + "]";
    }

    /** What the server encrypts objects with. */
    public sealed interface Encryption {
        /** Keys that the server keeps itself (SSE-S3). */
        record ServerKeys() implements Encryption {}

        /**
         * A key of the key management service that the server knows (SSE-KMS).
         *
         * @param keyId its id or ARN
         */
        record KmsKey(String keyId) implements Encryption {
            public KmsKey {
                check(KEY_ID.matcher(keyId).matches(), "KMS key", "is no key's id", keyId);
            }
        }
    }
}
