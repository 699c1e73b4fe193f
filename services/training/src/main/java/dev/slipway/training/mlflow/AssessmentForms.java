package dev.slipway.training.mlflow;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.mlflow.Absent;
import dev.slipway.training.trace.Assessment;
import dev.slipway.training.trace.AssessmentType;
import dev.slipway.training.trace.TraceIds;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;

/** Translates assessments from and to MLflow's messages. */
@Singleton
final class AssessmentForms {
    private static final String JSON_FORMAT = "JSON_FORMAT";

    private final ObjectMapper json;

    AssessmentForms(ObjectMapper json) {
        this.json = json;
    }

    /** What a message says it is, or null when it says nothing. */
    @Nullable
    static AssessmentType type(AssessmentMessages.Message message) {
        if (message.feedback() != null) {
            return AssessmentType.FEEDBACK;
        }
        if (message.expectation() != null) {
            return AssessmentType.EXPECTATION;
        }
        return message.issue() == null ? null : AssessmentType.ISSUE;
    }

    /** The value as JSON. */
    String value(AssessmentMessages.Message message) {
        if (message.issue() != null) {
            return write(message.issue().issueName());
        }
        if (message.feedback() != null) {
            return write(message.feedback().value());
        }
        AssessmentMessages.Serialized serialized = message.expectation().serializedValue();
        if (serialized == null) {
            return write(message.expectation().value());
        }
        if (!JSON_FORMAT.equals(serialized.serializationFormat())) {
            throw SlipwayException.invalid(
                    "assessment.format",
                    "Only values in JSON_FORMAT are taken, not in '" + serialized.serializationFormat() + "'.");
        }
        return write(read(serialized.value()));
    }

    @Nullable
    static Assessment.Failure failure(AssessmentMessages.Message message) {
        return message.feedback() == null || message.feedback().error() == null
                ? null
                : message.feedback().error().failure();
    }

    /** @param now when the message does not tell, UTC milliseconds */
    Assessment assessment(AssessmentMessages.Message message, long now) {
        AssessmentType type = type(message);
        if (type == null) {
            throw SlipwayException.invalid(
                    "assessment.type", "An assessment has a 'feedback', an 'expectation' or an 'issue'; send one.");
        }
        AssessmentMessages.Source source = message.source();
        Long created = ProtobufTimes.millis(message.createTime());
        Long updated = ProtobufTimes.millis(message.lastUpdateTime());
        return new Assessment(
                or(message.assessmentId(), ""),
                or(message.assessmentName(), ""),
                type,
                value(message),
                failure(message),
                source == null ? "SOURCE_TYPE_UNSPECIFIED" : or(source.sourceType(), "SOURCE_TYPE_UNSPECIFIED"),
                source == null ? "default" : or(source.sourceId(), "default"),
                Absent.ifEmpty(message.spanId()),
                Absent.ifEmpty(message.rationale()),
                message.metadata() == null ? Map.of() : message.metadata(),
                Absent.ifEmpty(message.overrides()),
                message.valid() == null || message.valid(),
                created == null ? now : created,
                updated == null ? now : updated);
    }

    AssessmentMessages.Message message(TraceId trace, Assessment assessment) {
        AssessmentType type = assessment.type();
        return new AssessmentMessages.Message(
                assessment.id(),
                assessment.name(),
                TraceIds.shown(trace),
                assessment.span(),
                new AssessmentMessages.Source(assessment.sourceType(), assessment.sourceId()),
                ProtobufTimes.time(assessment.created()),
                ProtobufTimes.time(assessment.updated()),
                type == AssessmentType.FEEDBACK ? feedback(assessment) : null,
                type == AssessmentType.EXPECTATION ? expectation(assessment) : null,
                type == AssessmentType.ISSUE ? issue(assessment) : null,
                assessment.rationale(),
                assessment.metadata().isEmpty() ? null : assessment.metadata(),
                assessment.overrides(),
                assessment.valid());
    }

    private AssessmentMessages.Feedback feedback(Assessment assessment) {
        Assessment.Failure error = assessment.error();
        return new AssessmentMessages.Feedback(
                read(assessment.value()), error == null ? null : AssessmentMessages.Failure.of(error));
    }

    private AssessmentMessages.Expectation expectation(Assessment assessment) {
        Object value = read(assessment.value());
        boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
        return plain
                ? new AssessmentMessages.Expectation(value, null)
                : new AssessmentMessages.Expectation(
                        null, new AssessmentMessages.Serialized(JSON_FORMAT, assessment.value()));
    }

    private AssessmentMessages.Issue issue(Assessment assessment) {
        return new AssessmentMessages.Issue(read(assessment.value()) instanceof String name ? name : null);
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }

    private String write(@Nullable Object value) {
        try {
            return value == null ? "null" : json.writeValueAsString(value);
        } catch (IOException e) {
            throw SlipwayException.internal("assessment.value", "A value has no JSON form.", e);
        }
    }

    @Nullable
    private Object read(String value) {
        try {
            return value.equals("null") ? null : json.readValue(value, Object.class);
        } catch (IOException e) {
            throw new SlipwayException(
                    ErrorKind.INVALID,
                    "assessment.value",
                    "The value of an assessment is no JSON: " + e.getMessage(),
                    e);
        }
    }
}
