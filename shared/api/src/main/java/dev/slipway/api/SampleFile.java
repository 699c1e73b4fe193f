package dev.slipway.api;

import dev.slipway.kernel.Digest;
import io.micronaut.serde.annotation.Serdeable;

/**
 * An artifact of JSON Lines, each a {@link LabelledSample}.
 *
 * @param count how many lines it has
 */
@Serdeable
public record SampleFile(Digest artifact, long count) {
    public SampleFile {
        Required.part("artifact", artifact);
    }
}
