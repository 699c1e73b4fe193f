package dev.slipway.api.training;

import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What a run used and made, in the order in which it was first logged.
 *
 * @param models that it used
 * @param outputs that it made
 */
@Serdeable
public record RunUses(RunId run, List<UsedDataset> datasets, List<LoggedModelId> models, List<ModelOutput> outputs) {}
