package dev.slipway.store.s3;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.s3.Calls.Failure;
import io.minio.AbortMultipartUploadArgs;
import io.minio.AbortMultipartUploadResponse;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.ComposeObjectArgs;
import io.minio.CopyObjectArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.CreateMultipartUploadResponse;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.HeadObjectArgs;
import io.minio.Http;
import io.minio.ListMultipartUploadsArgs;
import io.minio.ListObjectsV2Args;
import io.minio.ListObjectsV2Response;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectAPIArgs;
import io.minio.RemoveObjectArgs;
import io.minio.SourceObject;
import io.minio.UploadPartArgs;
import io.minio.UploadPartCopyArgs;
import io.minio.UploadPartResponse;
import io.minio.errors.MinioException;
import io.minio.messages.CopyPartResult;
import io.minio.messages.ListMultipartUploadsResult;
import io.minio.messages.Part;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One bucket's requests, each of them waited for, repeated where that does no harm, and with its failures in the suite's
 * own terms.
 */
final class Bucket {
    private static final String CHECKSUM_ALGORITHM = "x-amz-checksum-algorithm";
    private static final String SHA256 = "SHA256";
    private static final String EMPTY_SHA256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    private final MinioAsyncClient client;
    private final Calls calls;
    private final String name;
    private final Http.Headers encryption;

    /**
     * A bucket.
     *
     * @param encryption the headers that whatever makes an object carries
     */
    Bucket(MinioAsyncClient client, Calls calls, String name, Http.Headers encryption) {
        this.client = client;
        this.calls = calls;
        this.name = name;
        this.encryption = encryption;
    }

    SlipwayException told(Failure failure) {
        return calls.told(failure);
    }

    void create() throws Failure {
        calls.attempt(
                () -> client.makeBucket(MakeBucketArgs.builder().bucket(name).build()));
    }

    /** Up to 1,000 objects whose keys begin with a prefix and come after another key. */
    ListObjectsV2Response list(String prefix, String after, int count) {
        return calls.run(listing(prefix, after, count));
    }

    /** As {@link #list}, but tells what failed as it is. */
    ListObjectsV2Response probe(String prefix) throws Failure {
        return calls.attempt(listing(prefix, "", 1));
    }

    private Supplier<CompletableFuture<ListObjectsV2Response>> listing(String prefix, String after, int count) {
        ListObjectsV2Args.Builder list =
                ListObjectsV2Args.builder().bucket(name).prefix(prefix).maxKeys(count);
        if (!after.isEmpty()) {
            list.startAfter(after);
        }
        return () -> client.listObjectsV2(list.build());
    }

    /** What is stored under a key, or nothing. */
    Optional<StoredObject> stat(String key) {
        return present(() -> client.headObject(
                        HeadObjectArgs.builder().bucket(name).object(key).build()))
                .map(head -> new StoredObject(key, head.size(), head.etag()));
    }

    /**
     * An object's bytes, or nothing when there is no such object.
     *
     * @param length more than 0; when empty, up to the end
     */
    Optional<GetObjectResponse> get(String key, long offset, OptionalLong length) {
        GetObjectArgs.Builder get = GetObjectArgs.builder().bucket(name).object(key);
        if (offset > 0 || length.isPresent()) {
            get.offset(offset);
        }
        length.ifPresent(get::length);
        return present(() -> client.getObject(get.build()));
    }

    private <T> Optional<T> present(Supplier<CompletableFuture<T>> request) {
        try {
            return Optional.of(calls.attempt(request));
        } catch (Failure e) {
            if (S3Errors.isMissing(e.getCause())) {
                return Optional.empty();
            }
            throw calls.told(e);
        }
    }

    /** Writes an object whose bytes the server checks before anybody sees it. */
    ObjectWriteResponse put(String key, byte[] bytes, int length, String sha256) {
        Http.Headers headers = Http.Headers.merge(encryption, checksum(sha256));
        return calls.run(() -> client.putObject(PutObjectAPIArgs.builder()
                .bucket(name)
                .object(key)
                .data(bytes, length)
                .contentType(Http.DEFAULT_MEDIA_TYPE)
                .headers(headers)
                .build()));
    }

    /** Writes an object of no bytes. */
    void putEmpty(String key) {
        put(key, new byte[0], 0, EMPTY_SHA256);
    }

    /** Copies an object that is still what was written, and asks for the SHA-256 of the copy. */
    ObjectWriteResponse copy(StoredObject from, String key) {
        Http.Headers headers = Http.Headers.merge(encryption, new Http.Headers(CHECKSUM_ALGORITHM, SHA256));
        SourceObject source = new SourceObject(
                SourceObject.builder().bucket(name).object(from.key()).build(), from.size(), from.etag());
        return calls.run(() -> client.copyObject(CopyObjectArgs.builder()
                .bucket(name)
                .object(key)
                .source(source)
                .headers(headers)
                .build()));
    }

    /** Begins an upload in parts, and gives its id. */
    String beginUpload(String key, boolean withChecksums) {
        Http.Headers headers = Http.Headers.merge(
                encryption, new Http.Headers(Http.Headers.CONTENT_TYPE, Http.DEFAULT_MEDIA_TYPE.toString()));
        if (withChecksums) {
            headers.put(CHECKSUM_ALGORITHM, SHA256);
        }
        Calls.Started<CreateMultipartUploadResponse> begun =
                calls.start(() -> client.createMultipartUpload(CreateMultipartUploadArgs.builder()
                        .bucket(name)
                        .object(key)
                        .headers(headers)
                        .build()));
        try {
            return calls.finish(begun).result().uploadId();
        } catch (SlipwayException e) {
            // An upload whose name comes when nobody waits for it any more would stay for ever.
            CompletableFuture<Void> unused =
                    begun.answer().thenAccept(late -> abandon(key, late.result().uploadId()));
            throw e;
        }
    }

    private void abandon(String key, String upload) {
        CompletableFuture<AbortMultipartUploadResponse> unused =
                client.abortMultipartUpload(AbortMultipartUploadArgs.builder()
                        .bucket(name)
                        .object(key)
                        .uploadId(upload)
                        .build());
    }

    /** Sends a part without waiting for the answer; its bytes must stay as they are until then. */
    Calls.Started<UploadPartResponse> startPart(
            String key, String upload, int number, byte[] bytes, int length, String sha256) {
        return calls.start(() -> client.uploadPart(UploadPartArgs.builder()
                .bucket(name)
                .object(key)
                .uploadId(upload)
                .partNumber(number)
                .data(bytes, length)
                .headers(checksum(sha256))
                .build()));
    }

    /** The tag of a part that has arrived. */
    String finishPart(Calls.Started<UploadPartResponse> part) {
        return calls.finish(part).part().etag();
    }

    /** Has the server copy a range of another object as a part. */
    CopyPartResult copyPart(StoredObject from, long offset, long length, String key, String upload, int number) {
        Http.Headers headers = new Http.Headers(
                "x-amz-copy-source",
                "/" + name + "/" + from.key(),
                "x-amz-copy-source-if-match",
                from.etag(),
                Http.Headers.X_AMZ_COPY_SOURCE_RANGE,
                "bytes=" + offset + "-" + (offset + length - 1));
        // The builder of these arguments fails in 9.0.3 (its constructor is private), so they are made of others.
        ComposeObjectArgs target = ComposeObjectArgs.builder()
                .bucket(name)
                .object(key)
                .sources(List.of(
                        SourceObject.builder().bucket(name).object(from.key()).build()))
                .build();
        return calls.run(() -> client.uploadPartCopy(new UploadPartCopyArgs(target, upload, number, headers)))
                .result();
    }

    /** Makes an object of its parts. A repeat of a request that had succeeded unseen finds no such upload. */
    ObjectWriteResponse completeUpload(String key, String upload, List<Part> parts) throws Failure {
        return calls.attempt(() -> client.completeMultipartUpload(CompleteMultipartUploadArgs.builder()
                .bucket(name)
                .object(key)
                .uploadId(upload)
                .parts(parts.toArray(new Part[0]))
                .maxRetries(0)
                .build()));
    }

    void abortUpload(String key, String upload) {
        present(() -> client.abortMultipartUpload(AbortMultipartUploadArgs.builder()
                .bucket(name)
                .object(key)
                .uploadId(upload)
                .build()));
    }

    /** Up to 1,000 uploads that were begun and not ended. */
    List<ListMultipartUploadsResult.Upload> uploads(String prefix) {
        return calls.run(() -> client.listMultipartUploads(ListMultipartUploadsArgs.builder()
                        .bucket(name)
                        .prefix(prefix)
                        .build()))
                .result()
                .uploads();
    }

    void delete(String key) {
        calls.run(() -> client.removeObject(
                RemoveObjectArgs.builder().bucket(name).object(key).build()));
    }

    /** Deletes an object by one request, which is not repeated whatever becomes of it. */
    void deleteOnce(String key) throws Failure {
        calls.once(() -> client.removeObject(
                RemoveObjectArgs.builder().bucket(name).object(key).build()));
    }

    /** An address from which anybody may read the object for a time. */
    URI presigned(String key, Duration time) {
        try {
            return URI.create(client.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                    .method(Http.Method.GET)
                    .bucket(name)
                    .object(key)
                    .expiry((int) time.toSeconds(), TimeUnit.SECONDS)
                    .build()));
        } catch (MinioException e) {
            throw SlipwayException.internal("store.failed", "No link could be signed: " + e.getMessage(), e);
        }
    }

    private static Http.Headers checksum(String sha256) {
        return new Http.Headers(
                Http.Headers.X_AMZ_CHECKSUM_SHA256, sha256, Http.Headers.X_AMZ_SDK_CHECKSUM_ALGORITHM, SHA256);
    }
}
