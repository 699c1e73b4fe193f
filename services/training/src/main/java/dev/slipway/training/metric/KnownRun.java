package dev.slipway.training.metric;

import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;

/** A run that exists, and its experiment, which never changes. */
record KnownRun(RunId id, ExperimentId experiment) {}
