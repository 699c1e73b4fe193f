package dev.slipway.training.artifact;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A file that comes in parts. Each part that has come is a claim, so that parts may come at the same time.
 *
 * @param path where the file will be
 * @param parts how many were announced
 * @param ended UTC milliseconds; null while parts are awaited
 * @param whole whether it ended with all parts together; null while parts are awaited
 */
@Serdeable
public record ArtifactUpload(
        String path,
        int parts,
        @Nullable Long ended,
        @Nullable Boolean whole) {
    ArtifactUpload end(long time, boolean together) {
        return new ArtifactUpload(path, parts, time, together);
    }
}
