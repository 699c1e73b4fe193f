package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Required;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.Absent;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.training.loggeddataset.DatasetInput;
import dev.slipway.training.loggeddataset.RunInputs;
import dev.slipway.training.loggedmodel.LoggedModels;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** What MLflow's clients ask about the inputs and outputs of runs. */
final class InputRequests {
    private InputRequests() {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record LogInputs(
            String runId,
            @Nullable List<Dataset> datasets,
            @Nullable List<Model> models) {
        RunId run() {
            return RunIds.of(runId);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Dataset(@Nullable List<KeyValueMessage> tags, Description dataset) {
        public Dataset {
            Required.part("dataset", dataset);
        }

        DatasetInput input() {
            return new DatasetInput(
                    dataset.name(),
                    dataset.digest(),
                    dataset.sourceType(),
                    dataset.source(),
                    dataset.schema(),
                    dataset.profile(),
                    KeyValueMessage.params(tags));
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Description(
            @Nullable String name,
            @Nullable String digest,
            @Nullable String sourceType,
            @Nullable String source,
            @Nullable String schema,
            @Nullable String profile) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Model(String modelId, @Nullable Long step) {
        public Model {
            Required.part("model_id", modelId);
        }

        RunInputs.Output output() {
            return new RunInputs.Output(LoggedModels.parse(modelId), step == null ? 0 : step);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record LogOutputs(String runId, List<Model> models) {
        public LogOutputs {
            Required.part("models", Absent.ifEmpty(models));
        }

        RunId run() {
            return RunIds.of(runId);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record LogModel(String runId, String modelJson) {
        public LogModel {
            Required.part("model_json", modelJson);
        }

        RunId run() {
            return RunIds.of(runId);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record SearchDatasets(List<String> experimentIds) {
        public SearchDatasets {
            Required.part("experiment_ids", Absent.ifEmpty(experimentIds));
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Summary(
            String experimentId,
            String name,
            String digest,
            @Nullable String context) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Summaries(List<Summary> datasetSummaries) {}
}
