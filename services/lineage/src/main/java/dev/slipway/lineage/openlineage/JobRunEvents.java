package dev.slipway.lineage.openlineage;

import dev.slipway.api.jobs.Job;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.id.JobId;
import io.micronaut.context.annotation.Requires;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** Says a job in OpenLineage's words: the service and kind are the job, its id the run's UUID. */
@Singleton
@Requires(beans = EmissionSettings.class)
final class JobRunEvents {
    private static final URI PRODUCER = URI.create("https://slipway.dev/openlineage");

    private final OpenLineage words = new OpenLineage(PRODUCER);
    private final EmissionSettings settings;
    private final JobDatasets datasets;

    JobRunEvents(EmissionSettings settings, JobDatasets datasets) {
        this.settings = settings;
        this.datasets = datasets;
    }

    /** @param time when it happened, UTC milliseconds */
    OpenLineage.RunEvent of(Entity<JobId, Job> job, EventType type, long time) {
        JobDatasets.Used used = datasets.of(job.body());
        return words.newRunEvent(
                Instant.ofEpochMilli(time).atZone(ZoneOffset.UTC),
                type,
                words.newRun(OwnJobs.run(job.id()), runFacets(job.body(), type)),
                words.newJob(settings.namespace(), name(job.body()), jobFacets(job.body())),
                used.inputs().stream().map(this::input).toList(),
                used.outputs().stream().map(this::output).toList());
    }

    private static String name(Job job) {
        return job.service().name().toLowerCase(Locale.ROOT) + "." + job.kind();
    }

    private OpenLineage.RunFacets runFacets(Job job, EventType type) {
        OpenLineage.RunFacetsBuilder facets = words.newRunFacetsBuilder();
        if (type == EventType.FAIL && job.failure() != null) {
            facets.errorMessage(words.newErrorMessageRunFacet(
                    job.failure().message() + " [" + job.failure().code() + "]", "Java", null));
        }
        return facets.build();
    }

    private OpenLineage.JobFacets jobFacets(Job job) {
        return words.newJobFacetsBuilder()
                .jobType(words.newJobTypeJobFacet("BATCH", "SLIPWAY", job.kind().toUpperCase(Locale.ROOT), null))
                .build();
    }

    private OpenLineage.InputDataset input(EntityRef entity) {
        return words.newInputDataset(OwnDatasets.NAMESPACE, OwnDatasets.name(entity), facets(entity), null);
    }

    private OpenLineage.OutputDataset output(EntityRef entity) {
        return words.newOutputDataset(OwnDatasets.NAMESPACE, OwnDatasets.name(entity), facets(entity), null);
    }

    private OpenLineage.DatasetFacets facets(EntityRef entity) {
        return words.newDatasetFacetsBuilder()
                .version(words.newDatasetVersionDatasetFacet(entity.id().value()))
                .build();
    }
}
