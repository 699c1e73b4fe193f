package dev.slipway.mlflow;

import dev.slipway.kernel.SlipwayException;

/** MLflow's error codes, as far as they are used here, each with the HTTP status that MLflow answers with. */
enum ErrorCode {
    BAD_REQUEST(400),
    INVALID_PARAMETER_VALUE(400),
    INVALID_STATE(400),
    RESOURCE_ALREADY_EXISTS(400),
    UNAUTHENTICATED(401),
    PERMISSION_DENIED(403),
    ENDPOINT_NOT_FOUND(404),
    RESOURCE_DOES_NOT_EXIST(404),
    RESOURCE_CONFLICT(409),
    INTERNAL_ERROR(500),
    NOT_IMPLEMENTED(501),
    TEMPORARILY_UNAVAILABLE(503);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /**
     * Conflicts whose code ends with {@code .exists} are about names that are taken, those ending with {@code .state} about
     * what can't be done to a thing as it is now.
     */
    static ErrorCode of(SlipwayException exception) {
        return switch (exception.kind()) {
            case NOT_FOUND -> exception.code().equals("route.unknown") ? ENDPOINT_NOT_FOUND : RESOURCE_DOES_NOT_EXIST;
            case INVALID -> exception.code().equals("request.malformed") ? BAD_REQUEST : INVALID_PARAMETER_VALUE;
            case CONFLICT -> conflict(exception.code());
            case TOO_LARGE -> INVALID_PARAMETER_VALUE;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case FORBIDDEN -> PERMISSION_DENIED;
            case UNSUPPORTED -> NOT_IMPLEMENTED;
            case UNAVAILABLE -> TEMPORARILY_UNAVAILABLE;
            case INTERNAL -> INTERNAL_ERROR;
        };
    }

    private static ErrorCode conflict(String code) {
        if (code.endsWith(".exists")) {
            return RESOURCE_ALREADY_EXISTS;
        }
        return code.endsWith(".state") ? INVALID_STATE : RESOURCE_CONFLICT;
    }
}
