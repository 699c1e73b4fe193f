package dev.slipway.training.pipeline;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.api.registry.ReleaseVersion;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ReleaseId;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.util.List;

/** Lets the registry judge the version and, when all gates hold, release it to the channel. */
@Singleton
final class ReleaseStep implements StepRunner<PipelineStep.Release> {
    private static final int RECENT = 100;

    private final BeanProvider<RegistryApi> registry;

    ReleaseStep(BeanProvider<RegistryApi> registry) {
        this.registry = registry;
    }

    @Override
    public PipelineOutputs run(PipelineStep.Release step, StepContext context, PipelineOutputs inputs)
            throws InterruptedException {
        ModelVersionId id = Inputs.required("model version", inputs.modelVersion());
        Entity<JobId, Job> job = registry.get().release(id, new ReleaseVersion(step.channel(), context.key()));
        context.await(List.of(job.id()));
        return new PipelineOutputs(
                inputs.samples(),
                inputs.project(),
                inputs.datasetVersion(),
                inputs.run(),
                inputs.modelVersion(),
                releaseOf(id));
    }

    /** The newest release of the version; the one just made is among the newest of its model. */
    private ReleaseId releaseOf(ModelVersionId id) {
        ModelVersion version =
                Inputs.existing("model-version", id, registry.get().version(id)).body();
        return registry.get().listReleases(version.model(), RECENT, null).items().stream()
                .filter(release -> release.body().version().equals(id))
                .findFirst()
                .orElseThrow(() -> SlipwayException.internal(
                        "pipeline.release-missing",
                        "The release job of model version " + id + " succeeded, but there is no release of it.",
                        null))
                .id();
    }
}
