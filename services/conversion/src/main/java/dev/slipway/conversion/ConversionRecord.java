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
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.store.artifact.Artifact;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Writes down how a conversion comes along. */
@Singleton
final class ConversionRecord {
    private final Entities entities;

    ConversionRecord(Entities entities) {
        this.entities = entities;
    }

    /** The reports of a comparison; absent where none was written. */
    record Reports(@Nullable Digest json, @Nullable Digest page) {}

    Entity<ConversionId, Conversion> get(ConversionId id) {
        return entities.get(ConversionKinds.CONVERSION, id);
    }

    /** The conversion that a file was made by before, if it was. */
    Optional<Entity<ConversionId, Conversion>> madeBefore(Digest recipe) {
        return entities.claimed(ConversionKinds.CONVERSION, claim(recipe));
    }

    Entity<ConversionId, Conversion> started(JobContext job, Entity<ConversionId, Conversion> conversion) {
        Change change = job.fence(entities.change());
        Entity<ConversionId, Conversion> running =
                change.update(ConversionKinds.CONVERSION, conversion.with(body -> new ConversionBody(body)
                        .state(JobState.RUNNING)
                        .made(body.file(), body.size())
                        .build()));
        change.event("conversion.started", ConversionKinds.ref(running), about(running.body()))
                .commit();
        return running;
    }

    /**
     * Keeps the reports, whether they are good or bad.
     *
     * @param report null for a file so far off that it was not compared on the test split
     */
    Entity<ConversionId, Conversion> measured(
            JobContext job,
            Entity<ConversionId, Conversion> conversion,
            @Nullable ParityReport report,
            Reports reports) {
        Change change = job.fence(entities.change());
        Entity<ConversionId, Conversion> measured =
                change.update(ConversionKinds.CONVERSION, conversion.with(body -> new ConversionBody(body)
                        .measured(report, reports.json(), reports.page())
                        .build()));
        change.event("conversion.measured", ConversionKinds.ref(measured), about(measured.body()))
                .commit();
        return measured;
    }

    /** Notes whose file this conversion gives out once more. */
    Entity<ConversionId, Conversion> repeated(
            JobContext job, Entity<ConversionId, Conversion> conversion, Entity<ConversionId, Conversion> earlier) {
        Change change = job.fence(entities.change());
        Conversion made = earlier.body();
        Entity<ConversionId, Conversion> repeated =
                change.update(ConversionKinds.CONVERSION, conversion.with(body -> new ConversionBody(body)
                        .measured(made.report(), made.reportJson(), made.reportPage())
                        .sameAs(earlier.id())
                        .build()));
        change.link(ConversionKinds.ref(repeated), EdgeType.DERIVED_FROM, ConversionKinds.ref(earlier))
                .event("conversion.repeated", ConversionKinds.ref(repeated), about(repeated.body()))
                .commit();
        return repeated;
    }

    void succeeded(
            JobContext job, Entity<ConversionId, Conversion> conversion, Artifact file, ConversionRecipe recipe) {
        boolean known = madeBefore(recipe.digest()).isPresent();
        try {
            succeed(job, conversion, file, recipe, !known);
        } catch (SlipwayException e) {
            if (known || !e.code().equals("store.claim-taken")) {
                throw e;
            }
            // Another conversion has made the same in the meantime.
            succeed(job, conversion, file, recipe, false);
        }
    }

    private void succeed(
            JobContext job,
            Entity<ConversionId, Conversion> conversion,
            Artifact file,
            ConversionRecipe recipe,
            boolean first) {
        Change change = job.fence(entities.change());
        Entity<ConversionId, Conversion> succeeded =
                change.update(ConversionKinds.CONVERSION, conversion.with(body -> new ConversionBody(body)
                        .state(JobState.SUCCEEDED)
                        .made(file.digest(), file.size())
                        .build()));
        if (first) {
            change.take(claim(recipe.digest()), succeeded.id());
        }
        EntityRef subject = ConversionKinds.ref(succeeded);
        change.link(
                subject,
                EdgeType.CONVERTED_FROM,
                EntityRef.of(EntityType.MODEL_VERSION, succeeded.body().modelVersion()));
        recipe.calibration()
                .ifPresent(dataset ->
                        change.link(subject, EdgeType.USED, EntityRef.of(EntityType.DATASET_VERSION, dataset)));
        change.event("conversion.succeeded", subject, about(succeeded.body())).commit();
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
                conversion.with(body ->
                        new ConversionBody(body).state(state).failed(failure).build()));
        change.event(
                        cancelled ? "conversion.cancelled" : "conversion.failed",
                        ConversionKinds.ref(failed),
                        about(failed.body()))
                .commit();
    }

    private static String claim(Digest recipe) {
        return "converted/" + recipe;
    }

    private static Map<String, String> about(Conversion body) {
        return Map.of(
                "modelVersion", body.modelVersion().value(),
                "target", body.target().name(),
                "precision", body.precision().name());
    }
}
