package dev.slipway.gateway;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobProgress;
import dev.slipway.api.jobs.JobState;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.JobId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Jobs in memory, which the tests carry out. */
@Singleton
class TestJobs implements JobsApi {
    final Shelf<JobId, Job> jobs = new Shelf<>(JobId::new);
    final Map<JobId, JobProgress> progress = new ConcurrentHashMap<>();
    private final Calls calls;

    TestJobs(Calls calls) {
        this.calls = calls;
    }

    Entity<JobId, Job> queued(EntityType type, Id subject, String kind) {
        return jobs.add(new Job(
                Service.LABELING,
                kind,
                EntityRef.of(type, subject),
                "{}",
                "tester",
                JobState.QUEUED,
                1,
                null,
                false,
                null,
                null,
                null,
                null));
    }

    void move(JobId id, JobState state, double fraction, String message) {
        progress.put(id, new JobProgress(id, 1, fraction, message, 1));
        jobs.change(
                id,
                job -> new Job(
                        job.service(),
                        job.kind(),
                        job.subject(),
                        job.input(),
                        job.caller(),
                        state,
                        1,
                        "worker",
                        job.cancelRequested(),
                        null,
                        null,
                        1L,
                        null));
    }

    @Override
    public @Nullable Entity<JobId, Job> job(JobId id) {
        calls.note("job");
        return jobs.get(id);
    }

    @Override
    public List<Entity<JobId, Job>> jobs(List<JobId> ids) {
        calls.note("jobs");
        return jobs.all(ids);
    }

    @Override
    public Page<Entity<JobId, Job>> list(int limit, @Nullable String cursor) {
        calls.note("listJobs");
        return jobs.page(limit, cursor, any -> true);
    }

    @Override
    public List<JobProgress> progress(List<JobId> ids) {
        calls.note("progress");
        return ids.stream().map(progress::get).filter(Objects::nonNull).toList();
    }

    @Override
    public Entity<JobId, Job> cancel(JobId id) {
        calls.note("cancel");
        if (jobs.get(id) == null) {
            throw SlipwayException.notFound("job.unknown", "There is no such job.");
        }
        move(id, JobState.CANCELLED, 0, "cancelled");
        return jobs.get(id);
    }
}
