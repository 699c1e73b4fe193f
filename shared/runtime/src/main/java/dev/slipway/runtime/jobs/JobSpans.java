package dev.slipway.runtime.jobs;

import io.micronaut.core.annotation.Nullable;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import jakarta.inject.Singleton;

/** A trace of each attempt at a job, if traces are made: of what it asks of other services. */
@Singleton
final class JobSpans {
    private final Tracer tracer;

    JobSpans(@Nullable Tracer tracer) {
        this.tracer = tracer == null ? TracerProvider.noop().get("") : tracer;
    }

    Span start(RunningJob job) {
        return tracer.spanBuilder("job " + job.body().kind())
                .setAttribute("slipway.job.id", job.id().value())
                .setAttribute("slipway.job.kind", job.body().kind())
                .setAttribute("slipway.job.attempt", job.attempt())
                .setNoParent()
                .startSpan();
    }

    void end(Span span, JobOutcome outcome) {
        span.setAttribute("slipway.job.outcome", outcome.wireName());
        if (outcome == JobOutcome.FAILED) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
