package dev.slipway.conversion;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.ParityReport;
import dev.slipway.api.jobs.Failure;
import dev.slipway.api.jobs.JobState;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.store.artifact.Artifact;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.Map;

/** Writes down how a conversion comes along. */
@Singleton
final class ConversionRecord {
    private final Entities entities;

    ConversionRecord(Entities entities) {
        this.entities = entities;
    }

    Entity<ConversionId, Conversion> get(ConversionId id) {
        return entities.get(ConversionKinds.CONVERSION, id);
    }

    Entity<ConversionId, Conversion> started(JobContext job, Entity<ConversionId, Conversion> conversion) {
        Change change = job.fence(entities.change());
        Entity<ConversionId, Conversion> running = change.update(
                ConversionKinds.CONVERSION,
                conversion.with(
                        body -> in(body, JobState.RUNNING, body.file(), body.size(), body.report(), body.failure())));
        change.event("conversion.started", ConversionKinds.ref(running), about(running.body()))
                .commit();
        return running;
    }

    /** Keeps the report, whether it is good or bad. */
    Entity<ConversionId, Conversion> measured(
            JobContext job, Entity<ConversionId, Conversion> conversion, ParityReport report) {
        Change change = job.fence(entities.change());
        Entity<ConversionId, Conversion> measured = change.update(
                ConversionKinds.CONVERSION,
                conversion.with(body -> in(body, body.state(), body.file(), body.size(), report, body.failure())));
        change.event("conversion.measured", ConversionKinds.ref(measured), about(measured.body()))
                .commit();
        return measured;
    }

    void succeeded(JobContext job, Entity<ConversionId, Conversion> conversion, Artifact file) {
        Change change = job.fence(entities.change());
        Entity<ConversionId, Conversion> succeeded = change.update(
                ConversionKinds.CONVERSION,
                conversion.with(body -> in(body, JobState.SUCCEEDED, file.digest(), file.size(), body.report(), null)));
        change.link(
                        ConversionKinds.ref(succeeded),
                        EdgeType.CONVERTED_FROM,
                        EntityRef.of(EntityType.MODEL_VERSION, succeeded.body().modelVersion()))
                .event("conversion.succeeded", ConversionKinds.ref(succeeded), about(succeeded.body()))
                .commit();
    }

    void failed(JobContext job, ConversionId id, Failure failure) {
        Entity<ConversionId, Conversion> conversion = get(id);
        if (conversion.body().state().isFinal()) {
            return;
        }
        boolean cancelled = failure.code().equals("job.cancelled");
        JobState state = cancelled ? JobState.CANCELLED : JobState.FAILED;
        Change change = job.fence(entities.change());
        Entity<ConversionId, Conversion> failed = change.update(
                ConversionKinds.CONVERSION,
                conversion.with(body -> in(body, state, null, null, body.report(), failure)));
        change.event(
                        cancelled ? "conversion.cancelled" : "conversion.failed",
                        ConversionKinds.ref(failed),
                        about(failed.body()))
                .commit();
    }

    private static Conversion in(
            Conversion body,
            JobState state,
            @Nullable Digest file,
            @Nullable Long size,
            @Nullable ParityReport report,
            @Nullable Failure failure) {
        return new Conversion(
                body.modelVersion(), body.target(), body.precision(), body.job(), state, file, size, report, failure);
    }

    private static Map<String, String> about(Conversion body) {
        return Map.of(
                "modelVersion", body.modelVersion().value(),
                "target", body.target().name(),
                "precision", body.precision().name());
    }
}
