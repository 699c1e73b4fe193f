package dev.slipway.gateway.schema;

import dev.slipway.api.jobs.JobProgress;
import dev.slipway.api.labeling.ProjectCounts;
import dev.slipway.api.registry.ModelTags;
import dev.slipway.api.registry.VersionTags;
import dev.slipway.api.training.ExperimentTagList;
import dev.slipway.api.training.LoggedModelContent;
import dev.slipway.api.training.ReducedSeries;
import dev.slipway.api.training.Repetition;
import dev.slipway.api.training.RunData;
import dev.slipway.api.training.RunUses;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.RunId;
import java.util.List;

/**
 * Something that is looked up by key, all keys of one level of a query at once.
 *
 * @param name of its data loader
 */
@SuppressWarnings("UnusedTypeParameter") // They tie the keys of a loader to its values.
record Lookup<K, V>(String name) {
    static final Lookup<ProjectId, ProjectCounts> PROJECT_COUNTS = new Lookup<>("projectCounts");
    static final Lookup<RunId, RunData> RUN_DATA = new Lookup<>("runData");
    static final Lookup<RunId, RunUses> RUN_USES = new Lookup<>("runUses");
    static final Lookup<SeriesLoader.Wanted, List<ReducedSeries>> SERIES = new Lookup<>("series");
    static final Lookup<ExperimentId, ExperimentTagList> EXPERIMENT_TAGS = new Lookup<>("experimentTags");
    static final Lookup<LoggedModelId, LoggedModelContent> LOGGED_MODEL_CONTENT = new Lookup<>("loggedModelContent");
    static final Lookup<ModelId, ModelTags> MODEL_TAGS = new Lookup<>("modelTags");
    static final Lookup<ModelVersionId, VersionTags> VERSION_TAGS = new Lookup<>("versionTags");
    static final Lookup<RunId, Repetition> REPETITION = new Lookup<>("repetition");
    static final Lookup<JobId, JobProgress> JOB_PROGRESS = new Lookup<>("jobProgress");

    /** The entities of a kind, by id. */
    static <I extends Id, B> Lookup<I, Entity<I, B>> of(Kind<I, B> kind) {
        return new Lookup<>(kind.typeName());
    }
}
