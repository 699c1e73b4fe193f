package dev.slipway.gateway.schema;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobProgress;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.JobId;
import jakarta.inject.Singleton;

/** Jobs, and how far they have come. */
@Singleton
final class JobResolvers implements Resolvers {
    private final JobsApi jobs;
    private final JobWatch watch;
    private final NodeTypes nodeTypes;

    JobResolvers(JobsApi jobs, JobWatch watch, NodeTypes nodeTypes) {
        this.jobs = jobs;
        this.watch = watch;
        this.nodeTypes = nodeTypes;
    }

    @Override
    public void wire(Wiring wiring) {
        wiring.root("Query")
                .fetch("job", (none, request) -> jobs.job(id(request)))
                .page("jobs", (none, request, limit, cursor) -> jobs.list(limit, cursor));
        wiring.root("Mutation").fetch("cancelJob", (none, request) -> jobs.cancel(id(request)));
        wiring.root("Subscription").fetch("jobProgress", (none, request) -> follow(id(request)));
        wiring.entity(Kinds.JOB)
                .field("service", job -> job.service().wireName())
                .field("kind", Job::kind)
                .field("subjectType", job -> job.subject().type())
                .fetch("subject", (job, request) -> subject(job, request))
                .field("input", Job::input)
                .field("caller", Job::caller)
                .field("state", Job::state)
                .field("attempt", Job::attempt)
                .field("worker", Job::worker)
                .field("cancelRequested", Job::cancelRequested)
                .field("failure", Job::failure)
                .field("log", Job::log)
                .field("started", Job::started)
                .field("finished", Job::finished)
                .fetch("progress", (job, request) -> request.load(Lookup.JOB_PROGRESS, job.id()));
        wiring.type("JobProgress", JobProgress.class)
                .field("attempt", JobProgress::attempt)
                .field("fraction", JobProgress::fraction)
                .field("message", JobProgress::message);
        wiring.type("JobUpdate", JobUpdate.class)
                .field("job", JobUpdate::job)
                .field("state", JobUpdate::state)
                .field("fraction", JobUpdate::fraction)
                .field("message", JobUpdate::message);
    }

    private static JobId id(Request request) {
        return request.arguments().id("id", Kinds.JOB);
    }

    private Object subject(Entity<JobId, Job> job, Request request) {
        var subject = job.body().subject();
        return nodeTypes.load(new GlobalId(subject.type(), subject.id().value()), request);
    }

    private Object follow(JobId id) {
        if (jobs.job(id) == null) {
            throw SlipwayException.notFound("job.unknown", "There is no job " + Kinds.JOB.globalId(id) + " to follow.");
        }
        return watch.follow(id);
    }
}
