package dev.slipway.api.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.dataset.SplitFractions;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.ProjectId;
import io.micronaut.core.annotation.Creator;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A step of a pipeline: one call of one service's contract. A step finds what earlier steps made in the pipeline run's
 * {@link PipelineOutputs} and adds its own.
 */
@Serdeable
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PipelineStep.CollectLabels.class, name = "collect-labels"),
    @JsonSubTypes.Type(value = PipelineStep.ExportLabels.class, name = "export-labels"),
    @JsonSubTypes.Type(value = PipelineStep.CommitDataset.class, name = "commit-dataset"),
    @JsonSubTypes.Type(value = PipelineStep.Train.class, name = "train"),
    @JsonSubTypes.Type(value = PipelineStep.Register.class, name = "register"),
    @JsonSubTypes.Type(value = PipelineStep.Convert.class, name = "convert"),
    @JsonSubTypes.Type(value = PipelineStep.Release.class, name = "release"),
    @JsonSubTypes.Type(value = PipelineStep.Preannotate.class, name = "preannotate")
})
public sealed interface PipelineStep {
    /** Imports into the project what a monitor saw in production and whose true labels have arrived. */
    @Serdeable
    record CollectLabels(MonitorId monitor, ProjectId project) implements PipelineStep {}

    /** Exports the project's accepted annotations. */
    @Serdeable
    record ExportLabels(ProjectId project) implements PipelineStep {}

    /** Cuts a dataset version from the exported annotations. */
    @Serdeable
    record CommitDataset(DatasetId dataset, SplitFractions fractions, long seed) implements PipelineStep {}

    /** Trains the network on the dataset version. */
    @Serdeable
    record Train(ExperimentId experiment, List<Layer> network, Hyperparameters hyperparameters)
            implements PipelineStep {}

    /** Registers the run's model as a version. */
    @Serdeable
    record Register(ModelId model) implements PipelineStep {}

    /**
     * Converts the version to each target in each precision, and verifies the files. Ranges are found on the training split
     * of the dataset version that the pipeline has made.
     *
     * @param precisions FP32 alone if none are given
     * @param layout {@code KEEP} if none is given
     */
    @Serdeable
    record Convert(
            List<Target> targets,
            @Nullable List<Precision> precisions,
            @Nullable Layout layout) implements PipelineStep {
        @Creator
        public Convert {
            precisions = precisions == null ? List.of(Precision.FP32) : precisions;
            layout = layout == null ? Layout.KEEP : layout;
        }

        /** In 32-bit floating point and the ONNX model's layout. */
        public Convert(List<Target> targets) {
            this(targets, null, null);
        }
    }

    /** Judges the version with its files and, when all gates hold, releases it to the channel. */
    @Serdeable
    record Release(String channel) implements PipelineStep {}

    /** Lets the version label the project's unlabelled tasks for the time being. */
    @Serdeable
    record Preannotate(ProjectId project) implements PipelineStep {}
}
