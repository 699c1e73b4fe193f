package dev.slipway.gateway.schema;

import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineRun;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.api.training.StartPipeline;
import dev.slipway.api.training.StepRecord;
import jakarta.inject.Singleton;

/** Pipelines and their runs. */
@Singleton
final class PipelineResolvers implements Resolvers {
    private final PipelinesApi pipelines;

    PipelineResolvers(PipelinesApi pipelines) {
        this.pipelines = pipelines;
    }

    @Override
    public void wire(Wiring wiring) {
        wiring.root("Query")
                .fetch(
                        "pipeline",
                        (none, request) ->
                                pipelines.pipeline(request.arguments().id("id", Kinds.PIPELINE)))
                .page("pipelines", (none, request, limit, cursor) -> pipelines.list(limit, cursor))
                .fetch(
                        "pipelineRun",
                        (none, request) -> pipelines.run(request.arguments().id("id", Kinds.PIPELINE_RUN)));
        wiring.root("Mutation")
                .fetch(
                        "startPipeline",
                        (none, request) -> start(request.arguments().input("input")));
        wiring.entity(Kinds.PIPELINE)
                .field("name", Pipeline::name)
                .field("steps", Pipeline::steps)
                .page("runs", (pipeline, request, limit, cursor) -> pipelines.listRuns(pipeline.id(), limit, cursor));
        wiring.entity(Kinds.PIPELINE_RUN)
                .reference("pipeline", Kinds.PIPELINE, PipelineRun::pipeline)
                .reference("job", Kinds.JOB, PipelineRun::job)
                .field("steps", PipelineRun::steps)
                .field("outputs", PipelineRun::outputs)
                .reference("cause", Kinds.ALERT, PipelineRun::cause);
        wiring.type("StepRecord", StepRecord.class)
                .field("step", StepRecord::step)
                .field("state", StepRecord::state)
                .reference("job", Kinds.JOB, StepRecord::job)
                .field("inputs", StepRecord::inputs)
                .field("outputs", StepRecord::outputs)
                .field("started", StepRecord::started)
                .field("finished", StepRecord::finished)
                .field("failure", StepRecord::failure);
        wiring.type("PipelineOutputs", PipelineOutputs.class)
                .field(
                        "samples",
                        outputs -> outputs.samples() == null
                                ? null
                                : outputs.samples().artifact())
                .field(
                        "sampleCount",
                        outputs -> outputs.samples() == null
                                ? null
                                : outputs.samples().count())
                .reference("project", Kinds.PROJECT, PipelineOutputs::project)
                .reference("datasetVersion", Kinds.DATASET_VERSION, PipelineOutputs::datasetVersion)
                .reference("run", Kinds.RUN, PipelineOutputs::run)
                .reference("modelVersion", Kinds.MODEL_VERSION, PipelineOutputs::modelVersion)
                .reference("release", Kinds.RELEASE, PipelineOutputs::release);
    }

    private Object start(Arguments input) {
        return pipelines.start(
                input.id("pipeline", Kinds.PIPELINE),
                new StartPipeline(input.optionalId("cause", Kinds.ALERT), input.optionalText("idempotencyKey")));
    }
}
