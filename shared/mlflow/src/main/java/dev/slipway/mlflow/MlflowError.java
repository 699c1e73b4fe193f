package dev.slipway.mlflow;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;

/**
 * An error as MLflow's clients expect it.
 *
 * @param errorCode one of MLflow's, such as {@code RESOURCE_DOES_NOT_EXIST}
 */
@Serdeable
record MlflowError(@JsonProperty("error_code") String errorCode, String message) {}
