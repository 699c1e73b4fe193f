package dev.slipway.training;

import dev.slipway.api.jobs.Job;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.jobs.Jobs;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The training service on the embedded stores of a folder, and an engineer who calls it. */
public final class TestProcess implements AutoCloseable {
    private static final Caller CALLER = new Caller("test", Set.of(Role.ENGINEER), Workspace.DEFAULT);

    private final ApplicationContext context;

    public TestProcess(Path data) {
        this(data, Map.of());
    }

    public TestProcess(Path data, Map<String, Object> properties) {
        context = ApplicationContext.builder(properties)
                .properties(Map.of("slipway.data", data.toString(), "micronaut.server.port", -1))
                .start();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T call(Supplier<T> call) {
        return bean(Callers.class).callAs(CALLER, call);
    }

    /** Calls as an engineer of another workspace. */
    public <T> T callIn(Workspace workspace, Supplier<T> call) {
        return bean(Callers.class).callAs(new Caller("test", Set.of(Role.ENGINEER), workspace), call);
    }

    public void run(Runnable call) {
        bean(Callers.class).runAs(CALLER, call);
    }

    public Entity<JobId, Job> await(JobId job) {
        return call(() -> {
            try {
                return bean(Jobs.class).await(job);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Override
    public void close() {
        context.close();
    }
}
