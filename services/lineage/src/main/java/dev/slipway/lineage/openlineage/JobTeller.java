package dev.slipway.lineage.openlineage;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.events.EventReader;
import dev.slipway.store.graph.Event;
import io.micronaut.context.annotation.Requires;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/**
 * Tells an OpenLineage receiver of every job that starts and ends, each event at least once. The event log is the queue: no
 * job waits for the receiver, and one that is away is told everything when it is back.
 */
@Singleton
@Requires(beans = EmissionSettings.class)
final class JobTeller implements EventReader {
    private static final Map<String, EventType> TYPES = Map.of(
            "job.started", EventType.START,
            "job.finished", EventType.COMPLETE,
            "job.failed", EventType.FAIL,
            "job.cancelled", EventType.ABORT);

    private final JobsApi jobs;
    private final JobRunEvents events;
    private final EventSender sender;

    JobTeller(JobsApi jobs, JobRunEvents events, EventSender sender) {
        this.jobs = jobs;
        this.events = events;
        this.sender = sender;
    }

    @Override
    public Service service() {
        return Service.LINEAGE;
    }

    @Override
    public String name() {
        return "openlineage";
    }

    @Override
    public Set<String> types() {
        return TYPES.keySet();
    }

    @Override
    public void read(Event event) {
        Entity<JobId, Job> job = jobs.job(new JobId(event.event().subject().id().value()));
        EventType type = TYPES.get(event.event().type());
        if (job != null && type != null) {
            sender.send(events.of(job, type, event.event().time()));
        }
    }
}
