package dev.slipway.api.training;

import dev.slipway.kernel.Digest;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A file or folder of the tree of artifacts.
 *
 * @param path from the root on, names with slashes between them
 * @param artifact the bytes of a file; null for a folder
 * @param size of a file in bytes; null for a folder
 */
@Serdeable
public record ArtifactInfo(
        String path, @Nullable Digest artifact, @Nullable Long size) {}
