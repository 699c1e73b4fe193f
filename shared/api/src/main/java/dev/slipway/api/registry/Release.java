package dev.slipway.api.registry;

import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A version with its verified files, as delivered.
 *
 * @param number 1, 2, 3 … within the model
 */
@Serdeable
public record Release(ModelId model, int number, ModelVersionId version, int versionNumber, List<ModelFile> files) {}
