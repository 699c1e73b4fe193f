package dev.slipway.training;

import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelineRun;
import dev.slipway.api.training.Run;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.PipelineRunId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The types of entities that the training service owns. */
public final class TrainingKinds {
    /** All entities of the type, by their creation; experiments without the deleted ones. */
    public static final String ALL = "all";

    /** The runs of a pipeline, by their creation. */
    public static final String BY_PIPELINE = "pipeline";

    /** Convert steps of old name targets only, which then get files in the default precision and layout. */
    private static final UnaryOperator<Map<String, Object>> WITHOUT_PRECISIONS = UnaryOperator.identity();

    /** Experiments and runs of before they could be deleted, whose new fields are empty. */
    private static final UnaryOperator<Map<String, Object>> NEVER_DELETED = UnaryOperator.identity();

    /** Runs of before they could be repeated, which repeat none. */
    private static final UnaryOperator<Map<String, Object>> NO_REPETITIONS = UnaryOperator.identity();

    public static final EntityKind<ExperimentId, Experiment> EXPERIMENT = EntityKind.of(
                    EntityType.EXPERIMENT, ExperimentId::new, Experiment.class)
            .upcast(NEVER_DELETED)
            .index(entry -> entry.body().deleted() == null
                    ? List.of(IndexEntry.of(ALL, IndexValue.of(entry.created())))
                    : List.of());

    /** Runs stand in no index: they are found by their facets. */
    public static final EntityKind<RunId, Run> RUN = EntityKind.of(EntityType.RUN, RunId::new, Run.class)
            .upcast(NEVER_DELETED)
            .upcast(NO_REPETITIONS);

    public static final EntityKind<PipelineId, Pipeline> PIPELINE = EntityKind.of(
                    EntityType.PIPELINE, PipelineId::new, Pipeline.class)
            .upcast(WITHOUT_PRECISIONS)
            .index(entry -> List.of(IndexEntry.of(ALL, IndexValue.of(entry.created()))));

    public static final EntityKind<PipelineRunId, PipelineRun> PIPELINE_RUN = EntityKind.of(
                    EntityType.PIPELINE_RUN, PipelineRunId::new, PipelineRun.class)
            .upcast(WITHOUT_PRECISIONS)
            .index(entry -> List.of(IndexEntry.of(
                    BY_PIPELINE, IndexValue.of(entry.body().pipeline()), IndexValue.of(entry.created()))));

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(EXPERIMENT, RUN, PIPELINE, PIPELINE_RUN);

    private TrainingKinds() {}
}
