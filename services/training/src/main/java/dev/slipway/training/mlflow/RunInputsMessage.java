package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** The data sets and the logged models that a run used. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunInputsMessage(
        @Nullable List<DatasetInputMessage> datasetInputs,
        @Nullable List<ModelInputMessage> modelInputs) {
    static final RunInputsMessage NONE = new RunInputsMessage(null, null);
}
