package dev.slipway.api.training;

import dev.slipway.api.Required;
import dev.slipway.kernel.Digest;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Gives stored bytes a place in the tree of artifacts.
 *
 * @param artifact bytes that are in the artifact store
 */
@Serdeable
public record PutArtifact(String path, Digest artifact) {
    public PutArtifact {
        Required.part("path", path);
        Required.part("artifact", artifact);
    }
}
