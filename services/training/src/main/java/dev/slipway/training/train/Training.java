package dev.slipway.training.train;

import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.training.StartTraining;
import dev.slipway.kernel.id.RunId;

/** A training whose request has been checked. */
public record Training(RunId run, StartTraining request, DatasetVersion version, NetworkPlan plan) {}
