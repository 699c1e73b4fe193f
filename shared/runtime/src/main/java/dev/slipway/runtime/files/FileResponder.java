package dev.slipway.runtime.files;

import dev.slipway.kernel.Digest;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.OptionalLong;

/** Answers for one artifact: whole or in part, conditionally, streamed. Its tag is the digest of its content. */
@Singleton
public final class FileResponder {
    private final ArtifactStore artifacts;

    FileResponder(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /**
     * The answer to a GET or HEAD, without anything that says how long it may be kept, of type {@code
     * application/octet-stream}.
     *
     * @param size of the artifact in bytes
     */
    public MutableHttpResponse<?> respond(HttpRequest<?> request, Digest digest, long size) {
        String tag = EntityTags.quote(digest.hex());
        if (EntityTags.unchanged(request, tag)) {
            return marked(HttpResponse.notModified(), tag);
        }
        if (request.getMethod() == HttpMethod.HEAD) {
            return bytes(HttpResponse.ok(), tag, size);
        }
        ByteRange range = EntityTags.rangeHolds(request, tag)
                ? ByteRange.of(request.getHeaders().get(HttpHeaders.RANGE), size)
                : new ByteRange.Whole();
        if (range instanceof ByteRange.Unsatisfiable) {
            return marked(HttpResponse.status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE), tag)
                    .header(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
        }
        if (range instanceof ByteRange.Part part) {
            long last = part.offset() + part.length() - 1;
            return bytes(HttpResponse.status(HttpStatus.PARTIAL_CONTENT), tag, part.length())
                    .header(HttpHeaders.CONTENT_RANGE, "bytes " + part.offset() + "-" + last + "/" + size)
                    .body(new FilePart(
                            artifacts.open(digest, part.offset(), OptionalLong.of(part.length())), part.length()));
        }
        return bytes(HttpResponse.ok(), tag, size)
                .body(new FilePart(artifacts.open(digest, 0, OptionalLong.empty()), size));
    }

    private static MutableHttpResponse<Object> bytes(MutableHttpResponse<Object> response, String tag, long length) {
        return marked(response, tag)
                .contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .contentLength(length);
    }

    private static MutableHttpResponse<Object> marked(MutableHttpResponse<Object> response, String tag) {
        return response.header(HttpHeaders.ETAG, tag).header(HttpHeaders.ACCEPT_RANGES, "bytes");
    }
}
