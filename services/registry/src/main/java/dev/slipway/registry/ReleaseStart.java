package dev.slipway.registry;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.api.registry.ReleaseVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.runtime.jobs.Jobs;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Starts the jobs that judge and release. */
@Singleton
final class ReleaseStart {
    private static final Pattern CHANNEL = Pattern.compile("[a-z0-9-]{1,50}");

    private final Entities entities;
    private final Jobs jobs;
    private final Provider<JobsApi> jobReader;
    private final ReleaseHandler handler;
    private final Versions versions;

    ReleaseStart(Entities entities, Jobs jobs, Provider<JobsApi> jobReader, ReleaseHandler handler, Versions versions) {
        this.entities = entities;
        this.jobs = jobs;
        this.jobReader = jobReader;
        this.handler = handler;
        this.versions = versions;
    }

    Entity<JobId, Job> start(ModelVersionId version, ReleaseVersion request) {
        if (!CHANNEL.matcher(request.channel()).matches()) {
            throw SlipwayException.invalid(
                    "channel.name",
                    "'" + request.channel() + "' can't name a channel: use 1 to 50 of a-z, 0-9 and '-'.");
        }
        versions.live(version);
        return Retries.onConflict(() -> startedBefore(version, request).orElseGet(() -> startAnew(version, request)));
    }

    private Optional<Entity<JobId, Job>> startedBefore(ModelVersionId version, ReleaseVersion request) {
        if (request.idempotencyKey() == null) {
            return Optional.empty();
        }
        Optional<Entity<JobId, Job>> earlier = entities.claim(
                        RegistryClaims.idempotency("release", request.idempotencyKey()))
                .map(id -> jobReader.get().job(new JobId(id)));
        earlier.ifPresent(job -> {
            if (!job.body().subject().equals(subject(version))) {
                throw SlipwayException.conflict(
                        "registry.idempotency-key",
                        "The key '" + request.idempotencyKey()
                                + "' was used to release another version; give each release a key of its own.");
            }
        });
        return earlier;
    }

    private Entity<JobId, Job> startAnew(ModelVersionId version, ReleaseVersion request) {
        JobId id = entities.newId(JobId::new);
        Change change = entities.change();
        Entity<JobId, Job> job =
                jobs.enqueue(change, id, handler, subject(version), new ReleaseInput(version, request.channel()));
        if (request.idempotencyKey() != null) {
            change.take(RegistryClaims.idempotency("release", request.idempotencyKey()), id);
        }
        change.event("model-version.release-requested", subject(version), Map.of("channel", request.channel()))
                .commit();
        return job;
    }

    private static EntityRef subject(ModelVersionId version) {
        return EntityRef.of(EntityType.MODEL_VERSION, version);
    }
}
