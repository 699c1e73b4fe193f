package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Required;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ArtifactUploadId;
import dev.slipway.training.artifact.ArtifactUploads;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Map;

/** What MLflow's clients ask when they send a file in parts, or fetch it so, and what they are answered. */
final class UploadMessages {
    private UploadMessages() {}

    /** @param path of the file on the client's machine */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Create(String path, @Nullable Long numParts) {
        public Create {
            Required.part("path", path);
        }

        /** The last part of the path. */
        String name() {
            return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Created(String uploadId, List<Credential> credentials) {}

    /** Where to send a part, and with which headers. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Credential(String url, int partNumber, Map<String, String> headers) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Complete(String uploadId, List<Part> parts) {
        public Complete {
            Required.part("parts", parts);
        }

        ArtifactUploadId id() {
            return upload(uploadId);
        }

        List<ArtifactUploads.Part> all() {
            return parts.stream().map(Part::part).toList();
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Part(int partNumber, String etag) {
        public Part {
            Required.part("etag", etag);
        }

        ArtifactUploads.Part part() {
            return new ArtifactUploads.Part(partNumber, etag.replace("\"", ""));
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Abort(String uploadId) {
        ArtifactUploadId id() {
            return upload(uploadId);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Download(String url, Map<String, String> headers, Long fileSize) {}

    private static ArtifactUploadId upload(@Nullable String id) {
        Required.part("upload_id", id);
        try {
            return new ArtifactUploadId(id);
        } catch (SlipwayException e) {
            throw SlipwayException.notFound("artifact-upload.unknown", "There is no upload with id '" + id + "'.");
        }
    }
}
