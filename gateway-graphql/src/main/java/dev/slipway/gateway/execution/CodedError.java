package dev.slipway.gateway.execution;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.execution.ResultPath;
import graphql.language.SourceLocation;
import io.micronaut.core.annotation.Nullable;
import java.util.List;
import java.util.Map;

/** An error of ours, with its stable code. */
record CodedError(
        ErrorKind kind,
        String code,
        String message,
        @Nullable List<Object> path,
        @Nullable List<SourceLocation> locations)
        implements GraphQLError {
    CodedError(ErrorKind kind, String code, String message) {
        this(kind, code, message, null, null);
    }

    static CodedError of(SlipwayException error, ResultPath path, @Nullable SourceLocation location) {
        return new CodedError(
                error.kind(),
                error.code(),
                error.getMessage(),
                path.toList(),
                location == null ? null : List.of(location));
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public @Nullable List<SourceLocation> getLocations() {
        return locations;
    }

    @Override
    public @Nullable List<Object> getPath() {
        return path;
    }

    @Override
    public ErrorClassification getErrorType() {
        return ErrorClassification.errorClassification(code);
    }

    @Override
    public Map<String, Object> getExtensions() {
        return Map.of("code", code, "kind", kind.name());
    }
}
