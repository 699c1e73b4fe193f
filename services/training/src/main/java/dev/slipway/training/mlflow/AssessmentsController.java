package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.training.trace.Assessment;
import dev.slipway.training.trace.Assessments;
import dev.slipway.training.trace.TraceIds;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** MLflow's assessments of traces. */
@Controller("/api/3.0/mlflow/traces/{traceId}/assessments")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.ENGINEER)
class AssessmentsController {
    private final Assessments assessments;
    private final AssessmentForms forms;
    private final InstantSource clock;

    AssessmentsController(Assessments assessments, AssessmentForms forms, InstantSource clock) {
        this.assessments = assessments;
        this.forms = forms;
        this.clock = clock;
    }

    @Post
    AssessmentMessages.One create(@PathVariable String traceId, @Body AssessmentMessages.One request) {
        TraceId trace = TraceIds.parse(traceId);
        return answer(trace, assessments.create(trace, forms.assessment(request.assessment(), clock.millis())));
    }

    private AssessmentMessages.One answer(TraceId trace, Assessment assessment) {
        return new AssessmentMessages.One(forms.message(trace, assessment));
    }

    @Get("/{assessmentId}")
    @Allowed(Role.VIEWER)
    AssessmentMessages.One get(@PathVariable String traceId, @PathVariable String assessmentId) {
        TraceId trace = TraceIds.parse(traceId);
        return answer(trace, assessments.get(trace, assessmentId));
    }

    @Patch("/{assessmentId}")
    AssessmentMessages.One update(
            @PathVariable String traceId, @PathVariable String assessmentId, @Body AssessmentMessages.Update request) {
        TraceId trace = TraceIds.parse(traceId);
        AssessmentMessages.Message message = request.assessment();
        List<String> changed = request.changed();
        boolean revalued = AssessmentForms.type(message) != null
                && (changed.contains("feedback") || changed.contains("expectation") || changed.contains("issue"));
        Assessments.Update update = new Assessments.Update(
                changed.contains("assessment_name") ? message.assessmentName() : null,
                revalued ? AssessmentForms.type(message) : null,
                revalued ? forms.value(message) : null,
                revalued ? AssessmentForms.failure(message) : null,
                changed.contains("rationale") ? message.rationale() : null,
                changed.contains("metadata") && message.metadata() != null ? message.metadata() : Map.of());
        return answer(trace, assessments.update(trace, assessmentId, update));
    }

    @Delete("/{assessmentId}")
    Empty delete(@PathVariable String traceId, @PathVariable String assessmentId) {
        assessments.delete(TraceIds.parse(traceId), assessmentId);
        return Empty.ANSWER;
    }
}
