package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobProgress;
import dev.slipway.api.jobs.JobState;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.List;

/** How jobs and their progress are stored. */
public final class JobKinds {
    /** All jobs by the time of their making. */
    static final String ALL = "all";

    /** Jobs that have not ended, by state, service and kind; oldest first among equals. */
    static final String OPEN = "open";

    static final EntityKind<JobId, Job> JOB = EntityKind.of(EntityType.JOB, JobId::new, Job.class)
            .index(entry -> List.of(IndexEntry.of(ALL, IndexValue.of(entry.created()))))
            .index(entry -> entry.body().state().isFinal()
                    ? List.of()
                    : List.of(new IndexEntry(
                            OPEN,
                            open(
                                    entry.body().state(),
                                    entry.body().service(),
                                    entry.body().kind()))));

    static final EntityKind<EntityId, JobProgress> JOB_PROGRESS =
            EntityKind.of(EntityType.JOB_PROGRESS, EntityId::new, JobProgress.class);

    private static final int VERSION_DIGIT = 12;

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(JOB, JOB_PROGRESS);

    private JobKinds() {}

    static List<IndexValue> open(JobState state, Service service, String kind) {
        return List.of(IndexValue.of(state), IndexValue.of(service), IndexValue.of(kind));
    }

    /** The job's own progress document: its id as a UUIDv8, so that it needs no looking up. */
    static EntityId progressOf(JobId job) {
        StringBuilder id = new StringBuilder(job.value());
        id.setCharAt(VERSION_DIGIT, '8');
        return new EntityId(id.toString());
    }
}
