package dev.slipway.store.s3;

import io.minio.ListMultipartUploadsArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectAPIArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks into a bucket past the store. */
final class StoredKeys implements AutoCloseable {
    private final MinioAsyncClient client;
    private final S3Settings settings;

    StoredKeys(S3Settings settings) {
        this.settings = settings;
        this.client = MinioAsyncClient.builder()
                .endpoint(settings.endpoint().toString())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(Connections.client(settings.timeout()), true)
                .build();
    }

    List<String> all() throws MinioException {
        List<String> keys = new ArrayList<>();
        for (Result<Item> item : client.listObjects(ListObjectsArgs.builder()
                .bucket(settings.bucket())
                .prefix(settings.prefix())
                .recursive(true)
                .build())) {
            keys.add(item.get().objectName().substring(settings.prefix().length()));
        }
        return keys;
    }

    /** All but artifacts: what a put or a removal leaves that did not end as it should. */
    List<String> left() throws MinioException {
        return all().stream().filter(key -> !key.startsWith("artifacts/")).toList();
    }

    /** How many uploads were begun and neither completed nor given up; MinIO tells of them by their exact keys only. */
    int uploads() {
        return client.listMultipartUploads(ListMultipartUploadsArgs.builder()
                        .bucket(settings.bucket())
                        .prefix(settings.prefix())
                        .build())
                .join()
                .result()
                .uploads()
                .size();
    }

    Optional<String> header(String key, String header) {
        return Optional.ofNullable(client.statObject(StatObjectArgs.builder()
                        .bucket(settings.bucket())
                        .object(settings.prefix() + key)
                        .build())
                .join()
                .headers()
                .get(header));
    }

    void put(String key) {
        client.putObject(PutObjectAPIArgs.builder()
                        .bucket(settings.bucket())
                        .object(settings.prefix() + key)
                        .data(new byte[0], 0)
                        .build())
                .join();
    }

    void remove(String key) {
        client.removeObject(RemoveObjectArgs.builder()
                        .bucket(settings.bucket())
                        .object(settings.prefix() + key)
                        .build())
                .join();
    }

    @Override
    public void close() {
        client.close();
    }
}
