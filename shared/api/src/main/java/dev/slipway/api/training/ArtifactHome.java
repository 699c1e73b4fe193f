package dev.slipway.api.training;

import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Where the artifacts of a run or logged model lie.
 *
 * @param uri of their folder: {@code mlflow-artifacts:/} and a path of the tree, unless its experiment has another location
 * @param run the run itself, or the one that made the model; null when none did
 */
@Serdeable
public record ArtifactHome(String uri, @Nullable RunId run) {}
