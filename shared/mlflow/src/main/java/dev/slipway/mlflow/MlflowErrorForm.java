package dev.slipway.mlflow;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.runtime.errors.ErrorForm;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** Answers MLflow's clients with MLflow's errors, whatever it was that failed. */
@Singleton
final class MlflowErrorForm implements ErrorForm {
    @Override
    public boolean covers(String path) {
        return MlflowPaths.covers(path);
    }

    @Override
    public MutableHttpResponse<Object> answer(SlipwayException exception) {
        ErrorCode code = ErrorCode.of(exception);
        return HttpResponse.status(code.status(), code.name())
                .<Object>body(new MlflowError(code.name(), exception.getMessage()))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
