package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Required;
import dev.slipway.training.trace.Assessment;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Map;

/** What MLflow's clients say about assessments, and what they are answered. */
final class AssessmentMessages {
    private AssessmentMessages() {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Message(
            @Nullable String assessmentId,
            @Nullable String assessmentName,
            @Nullable String traceId,
            @Nullable String spanId,
            @Nullable Source source,
            @Nullable String createTime,
            @Nullable String lastUpdateTime,
            @Nullable Feedback feedback,
            @Nullable Expectation expectation,
            @Nullable Issue issue,
            @Nullable String rationale,
            @Nullable Map<String, String> metadata,
            @Nullable String overrides,
            @Nullable Boolean valid) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Source(@Nullable String sourceType, @Nullable String sourceId) {}

    /** @param value any JSON */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Feedback(@Nullable Object value, @Nullable Failure error) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Failure(
            @Nullable String errorCode,
            @Nullable String errorMessage,
            @Nullable String stackTrace) {
        Assessment.Failure failure() {
            return new Assessment.Failure(errorCode, errorMessage, stackTrace);
        }

        static Failure of(Assessment.Failure failure) {
            return new Failure(failure.code(), failure.message(), failure.stackTrace());
        }
    }

    /**
     * What should have come out.
     *
     * @param value a number, a text or a truth value
     * @param serializedValue anything else
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Expectation(@Nullable Object value, @Nullable Serialized serializedValue) {}

    /** @param value as JSON */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Serialized(@Nullable String serializationFormat, String value) {
        public Serialized {
            Required.part("value", value);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Issue(@Nullable String issueName) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record One(Message assessment) {
        public One {
            Required.part("assessment", assessment);
        }
    }

    /** @param updateMask the names of what changes, in either case, separated by commas */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Update(Message assessment, String updateMask) {
        public Update {
            Required.part("assessment", assessment);
            Required.part("update_mask", updateMask);
        }

        List<String> changed() {
            return List.of(
                    updateMask.replace("assessmentName", "assessment_name").split(",", -1));
        }
    }
}
