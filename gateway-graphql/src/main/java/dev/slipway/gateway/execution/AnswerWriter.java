package dev.slipway.gateway.execution;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.InvalidSyntaxError;
import graphql.language.SourceLocation;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes answers as the GraphQL specification has them; every error carries a code and a kind. */
@Singleton
public final class AnswerWriter {
    private final JsonMapper json;

    AnswerWriter(JsonMapper json) {
        this.json = json;
    }

    /** The answer as a map of plain values. */
    public Map<String, Object> answer(ExecutionResult result) {
        Map<String, Object> answer = new LinkedHashMap<>();
        if (!result.getErrors().isEmpty()) {
            answer.put("errors", errors(result));
        }
        if (result.isDataPresent()) {
            answer.put("data", result.getData());
        }
        return answer;
    }

    public List<Map<String, Object>> errors(ExecutionResult result) {
        return result.getErrors().stream().map(AnswerWriter::shown).toList();
    }

    /** The errors of an answer to a request that could not be carried out at all. */
    public List<Map<String, Object>> errors(SlipwayException error) {
        return List.of(shown(new CodedError(error.kind(), error.code(), error.getMessage())));
    }

    /** A map of plain values as JSON in UTF-8. */
    public byte[] write(Map<String, Object> answer) {
        try {
            return json.writeValueAsBytes(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write an answer", e);
        }
    }

    private static Map<String, Object> shown(GraphQLError error) {
        CodedError coded = coded(error);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("message", coded.getMessage());
        if (error.getLocations() != null && !error.getLocations().isEmpty()) {
            shown.put(
                    "locations",
                    error.getLocations().stream().map(AnswerWriter::place).toList());
        }
        if (error.getPath() != null) {
            shown.put("path", error.getPath());
        }
        shown.put("extensions", coded.getExtensions());
        return shown;
    }

    private static Map<String, Object> place(SourceLocation location) {
        return Map.of("line", location.getLine(), "column", location.getColumn());
    }

    private static CodedError coded(GraphQLError error) {
        if (error instanceof CodedError coded) {
            return coded;
        }
        if (error instanceof InvalidSyntaxError) {
            return new CodedError(ErrorKind.INVALID, "graphql.syntax", error.getMessage());
        }
        if (error.getErrorType() == ErrorType.ExecutionAborted) {
            return new CodedError(ErrorKind.TOO_LARGE, "graphql.too-complex", error.getMessage());
        }
        if (error.getErrorType() == ErrorType.NullValueInNonNullableField) {
            return new CodedError(ErrorKind.NOT_FOUND, "graphql.missing", "What should stand here is not there.");
        }
        if (error.getErrorType() == ErrorType.DataFetchingException) {
            return new CodedError(ErrorKind.INTERNAL, "internal", error.getMessage());
        }
        return new CodedError(ErrorKind.INVALID, "graphql.validation", error.getMessage());
    }
}
