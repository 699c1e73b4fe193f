package dev.slipway.training.pipeline;

import dev.slipway.api.SampleFile;
import dev.slipway.api.conversion.StartConversion;
import dev.slipway.api.jobs.Job;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.runtime.jobs.JobHandler;
import dev.slipway.runtime.jobs.Jobs;
import io.micronaut.context.BeanProvider;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the services around the pipeline were asked for, and the jobs they did it with. */
@Singleton
class TestWork implements JobHandler<TestWork.Input> {
    static final AlertId ALERT = new AlertId("a".repeat(32));
    static final SampleFile SAMPLES = new SampleFile(Digest.of(new byte[] {1}), 10);

    final List<String> done = new CopyOnWriteArrayList<>();
    final List<StartConversion> asked = new CopyOnWriteArrayList<>();
    final Set<String> refused = ConcurrentHashMap.newKeySet();

    private final Map<String, Entity<JobId, Job>> once = new ConcurrentHashMap<>();
    private final Entities entities;
    private final BeanProvider<Jobs> jobs;

    TestWork(Entities entities, BeanProvider<Jobs> jobs) {
        this.entities = entities;
        this.jobs = jobs;
    }

    @Serdeable
    record Input(String what) {}

    void note(String what) {
        done.add(what);
    }

    Entity<JobId, Job> jobOnce(String key, String what) {
        return once.computeIfAbsent(key, unused -> job(what));
    }

    Entity<JobId, Job> job(String what) {
        JobId id = entities.newId(JobId::new);
        Change change = entities.change();
        Entity<JobId, Job> job =
                jobs.get().enqueue(change, id, this, EntityRef.of(EntityType.JOB, id), new Input(what));
        change.commit();
        return job;
    }

    @Override
    public Service service() {
        return Service.TRAINING;
    }

    @Override
    public String kind() {
        return "test-work";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public void run(JobContext job, Input input) {
        if (refused.contains(input.what())) {
            throw SlipwayException.invalid("test.refused", "The test refuses " + input.what() + ".");
        }
        note(input.what());
    }
}
