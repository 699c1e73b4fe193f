package dev.slipway.monitoring;

import dev.slipway.api.jobs.Job;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.Jobs;
import jakarta.inject.Singleton;

/** Starts drift checks. */
@Singleton
final class DriftChecks {
    private final Entities entities;
    private final Jobs jobs;
    private final DriftCheckHandler handler;

    DriftChecks(Entities entities, Jobs jobs, DriftCheckHandler handler) {
        this.entities = entities;
        this.jobs = jobs;
        this.handler = handler;
    }

    Entity<JobId, Job> start(MonitorId monitor) {
        entities.get(MonitoringKinds.MONITOR, monitor);
        Change change = entities.change();
        var job = jobs.enqueue(
                change,
                entities.newId(JobId::new),
                handler,
                EntityRef.of(EntityType.MONITOR, monitor),
                new DriftCheck(monitor));
        change.commit();
        return job;
    }
}
