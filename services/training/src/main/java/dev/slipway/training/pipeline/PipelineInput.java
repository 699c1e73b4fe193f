package dev.slipway.training.pipeline;

import dev.slipway.kernel.id.PipelineRunId;
import io.micronaut.serde.annotation.Serdeable;

/** What a pipeline's job is given; everything else stands in the pipeline run. */
@Serdeable
record PipelineInput(PipelineRunId run) {}
