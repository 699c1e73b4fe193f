package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** The logged models that a run made. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunOutputsMessage(@Nullable List<ModelOutputMessage> modelOutputs) {
    static final RunOutputsMessage NONE = new RunOutputsMessage(null);
}
