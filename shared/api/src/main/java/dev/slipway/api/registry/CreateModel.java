package dev.slipway.api.registry;

import dev.slipway.api.Required;
import dev.slipway.kernel.id.DatasetVersionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks for the model of this name, which is made unless it is there.
 *
 * @param name 1 to 250 characters without '/', ':' and control characters; not '.', and not beginning with '..'
 * @param policy null for the default
 */
@Serdeable
public record CreateModel(
        String name, @Nullable GatePolicy policy, @Nullable DatasetVersionId pinnedTestSet) {
    public CreateModel {
        Required.part("name", name);
    }
}
