package dev.slipway.runtime.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobState;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.artifact.ArtifactStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobsTest {
    private static final Caller CALLER = new Caller("test", Set.of(Role.ADMIN), Workspace.DEFAULT);

    @TempDir
    private Path data;

    @Test
    void aJobRunsAndLeavesProgressAndLog() throws Exception {
        try (ApplicationContext process = process(Map.of())) {
            JobId id = enqueue(process, "succeed");

            Job ended = await(process, id).body();

            assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(ended.attempt()).isEqualTo(1);
            assertThat(ended.finished()).isNotNull();
            byte[] log = process.getBean(ArtifactStore.class).read(ended.log(), 10_000);
            assertThat(new String(log, StandardCharsets.UTF_8)).contains("doing succeed");
            assertThat(as(process, () -> process.getBean(JobsApi.class).progress(List.of(id))))
                    .singleElement()
                    .satisfies(progress -> {
                        assertThat(progress.fraction()).isEqualTo(1);
                        assertThat(progress.message()).isEqualTo("done");
                    });
        }
    }

    @Test
    void aFailedJobSaysWhyAndItsHandlerKnows() throws Exception {
        try (ApplicationContext process = process(Map.of())) {
            JobId id = enqueue(process, "refuse");

            SlipwayException failure = catchThrowableOfType(SlipwayException.class, () -> await(process, id));

            assertThat(failure.code()).isEqualTo("test.refused");
            assertThat(failure).hasMessage("The test refuses.");
            assertThat(process.getBean(TestHandler.class).failures)
                    .singleElement()
                    .satisfies(told -> assertThat(told.code()).isEqualTo("test.refused"));
        }
    }

    @Test
    void theMetricsTellHowJobsEnded() {
        try (ApplicationContext process = process(Map.of())) {
            enqueue(process, "succeed");
            enqueue(process, "refuse");
            MeterRegistry metrics = process.getBean(MeterRegistry.class);

            until(() -> ended(metrics, "succeeded") == 1 && ended(metrics, "failed") == 1);

            assertThat(ended(metrics, "lost")).isZero();
            assertThat(metrics.get("slipway.jobs.wait")
                            .tag("kind", "test")
                            .timer()
                            .count())
                    .isEqualTo(2);
            assertThat(metrics.get("slipway.jobs.run")
                            .tag("kind", "test")
                            .timer()
                            .count())
                    .isEqualTo(2);
            until(() -> metrics.get("slipway.jobs.running")
                            .tag("kind", "test")
                            .gauge()
                            .value()
                    == 0);
            assertThat(metrics.get("slipway.jobs.workers")
                            .tag("kind", "test")
                            .gauge()
                            .value())
                    .isPositive();
        }
    }

    private static double ended(MeterRegistry metrics, String outcome) {
        return metrics.get("slipway.jobs.ended")
                .tag("kind", "test")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void aJobTriesAgainWhatCanNotBeDoneNow() throws Exception {
        try (ApplicationContext process = process(Map.of())) {
            JobId id = enqueue(process, "be patient");

            Job ended = await(process, id).body();

            assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(ended.attempt()).as("the worker has not changed").isEqualTo(1);
            assertThat(process.getBean(TestHandler.class).contexts).hasSize(3);
            byte[] log = process.getBean(ArtifactStore.class).read(ended.log(), 10_000);
            assertThat(new String(log, StandardCharsets.UTF_8)).contains("will try again: The test is away.");
        }
    }

    @Test
    void aJobsPatienceHasAnEnd() {
        try (ApplicationContext process = process(Map.of("slipway.jobs.patience", "600ms"))) {
            JobId id = enqueue(process, "stay away");

            assertThatThrownBy(() -> await(process, id)).extracting("code").isEqualTo("test.away");
            assertThat(job(process, id).state()).isEqualTo(JobState.FAILED);
            assertThat(process.getBean(TestHandler.class).contexts).hasSizeGreaterThan(1);
        }
    }

    @Test
    void aPatientJobCanBeCancelled() {
        try (ApplicationContext process = process(Map.of())) {
            JobId id = enqueue(process, "stay away");
            until(() -> !process.getBean(TestHandler.class).contexts.isEmpty());

            as(process, () -> process.getBean(JobsApi.class).cancel(id));

            assertThatThrownBy(() -> await(process, id)).extracting("code").isEqualTo("job.cancelled");
        }
    }

    @Test
    void aDefectDoesNotLeakIntoTheJob() throws Exception {
        try (ApplicationContext process = process(Map.of())) {
            JobId id = enqueue(process, "break");

            assertThatThrownBy(() -> await(process, id))
                    .isInstanceOf(SlipwayException.class)
                    .hasMessageContaining("defect")
                    .hasMessageNotContaining("a defect)");
        }
    }

    @Test
    void aRunningJobIsCancelled() throws Exception {
        try (ApplicationContext process = process(Map.of())) {
            JobId id = enqueue(process, "wait");
            until(() -> job(process, id).state() == JobState.RUNNING);

            Job asked =
                    as(process, () -> process.getBean(JobsApi.class).cancel(id)).body();

            assertThat(asked.cancelRequested()).isTrue();
            assertThatThrownBy(() -> await(process, id))
                    .isInstanceOf(SlipwayException.class)
                    .extracting("code")
                    .isEqualTo("job.cancelled");
            assertThat(job(process, id).state()).isEqualTo(JobState.CANCELLED);
        }
    }

    @Test
    void aJobThatWaitsForAnotherIsCancelledWhileItWaits() throws Exception {
        try (ApplicationContext process = process(Map.of("slipway.jobs.kinds.test", 1))) {
            JobId held = enqueue(process, "hold");
            JobId waiting = enqueue(process, process.getBean(WaitingHandler.class), new WaitingHandler.Input(held));
            until(() -> job(process, held).state() == JobState.RUNNING);
            until(() -> job(process, waiting).state() == JobState.RUNNING);

            as(process, () -> process.getBean(JobsApi.class).cancel(waiting));

            until(() -> job(process, waiting).state() == JobState.CANCELLED);
            assertThat(job(process, held).state()).isEqualTo(JobState.RUNNING);
            process.getBean(TestHandler.class).proceed.countDown();
            assertThat(await(process, held).body().state()).isEqualTo(JobState.SUCCEEDED);
        }
    }

    @Test
    void aWorkerThatIgnoresACancellationIsInterrupted() throws Exception {
        try (ApplicationContext process = process(Map.of("slipway.jobs.lease", "2s"))) {
            JobId id = enqueue(process, "hold");
            until(() -> job(process, id).state() == JobState.RUNNING);

            as(process, () -> process.getBean(JobsApi.class).cancel(id));

            until(() -> job(process, id).state() == JobState.CANCELLED);
        }
    }

    @Test
    void aQueuedJobIsCancelledAtOnce() {
        try (ApplicationContext process = process(Map.of("slipway.jobs.enabled", false))) {
            JobId id = enqueue(process, "succeed");

            Job cancelled =
                    as(process, () -> process.getBean(JobsApi.class).cancel(id)).body();

            assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
            until(() -> process.getBean(TestHandler.class).failures.size() == 1);
            assertThatThrownBy(() ->
                            as(process, () -> process.getBean(JobsApi.class).cancel(new JobId("0".repeat(32)))))
                    .extracting("code")
                    .isEqualTo("job.unknown");
        }
    }

    @Test
    void aWorkerBackFromTheDeadChangesNothing() throws Exception {
        Map<String, Object> stopped = Map.of("slipway.jobs.enabled", false);
        try (ApplicationContext dead = process(stopped);
                ApplicationContext alive = process(Map.of("slipway.jobs.lease", "400ms"), false)) {
            JobId id = enqueue(dead, "hold");
            TestHandler handler = dead.getBean(TestHandler.class);
            // The dead worker claims the job, but never sends a heartbeat.
            RunningJob abandoned = dead.getBean(JobClaimer.class).claim(handler).orElseThrow();
            alive.start();
            TestHandler survivor = alive.getBean(TestHandler.class);
            until(() -> survivor.contexts.size() == 1);

            Change effect =
                    as(dead, () -> abandoned.fence(dead.getBean(Entities.class).change()));
            assertThatThrownBy(effect::commit).extracting("code").isEqualTo("store.claim-lost");
            assertThat(as(dead, () -> dead.getBean(JobTransitions.class)
                            .end(abandoned, JobState.SUCCEEDED, null, null)))
                    .isEmpty();
            assertThat(job(alive, id).attempt()).isEqualTo(2);
            survivor.proceed.countDown();
            assertThat(await(alive, id).body().state()).isEqualTo(JobState.SUCCEEDED);
        }
    }

    @Test
    void twoReplicasShareTheJobsAndRunEachOnce() {
        try (ApplicationContext one = process(Map.of());
                ApplicationContext other = process(Map.of())) {
            TestHandler first = one.getBean(TestHandler.class);
            TestHandler second = other.getBean(TestHandler.class);
            // As many as both together have workers, and none ends before all run.
            List<JobId> jobs =
                    Stream.generate(() -> enqueue(one, "hold")).limit(4).toList();
            until(() -> first.contexts.size() == 2 && second.contexts.size() == 2);
            first.proceed.countDown();
            second.proceed.countDown();
            List<JobId> more =
                    Stream.generate(() -> enqueue(other, "succeed")).limit(30).toList();

            assertThat(Stream.concat(jobs.stream(), more.stream()))
                    .allSatisfy(
                            job -> assertThat(await(one, job).body().attempt()).isEqualTo(1));
            assertThat(Stream.concat(first.contexts.stream(), second.contexts.stream())
                            .map(JobContext::id))
                    .doesNotHaveDuplicates()
                    .hasSize(34);
        }
    }

    @Test
    void aJobWhoseWorkersKeepDyingIsGivenUp() {
        try (ApplicationContext process = process(Map.of("slipway.jobs.enabled", false))) {
            JobId id = enqueue(process, "hold");
            JobTransitions transitions = process.getBean(JobTransitions.class);
            for (int attempt = 1; attempt <= 3; attempt++) {
                assertThat(process.getBean(JobClaimer.class).claim(process.getBean(TestHandler.class)))
                        .isPresent();
                as(process, () -> {
                    transitions.lost(process.getBean(Entities.class).get(JobKinds.JOB, id), 3);
                    return null;
                });
            }

            assertThat(job(process, id).state()).isEqualTo(JobState.FAILED);
            assertThat(job(process, id).failure().code()).isEqualTo("job.exhausted");
            until(() -> process.getBean(TestHandler.class).failures.size() == 1);
        }
    }

    @Test
    void aProcessThatEndsGivesItsJobsBack() throws Exception {
        JobId id;
        try (ApplicationContext process = process(Map.of("slipway.jobs.shutdown", "100ms"))) {
            id = enqueue(process, "wait");
            until(() -> job(process, id).state() == JobState.RUNNING);
        }
        try (ApplicationContext reader = process(Map.of("slipway.jobs.enabled", false))) {
            assertThat(job(reader, id).state()).isEqualTo(JobState.QUEUED);
            assertThat(job(reader, id).worker()).isNull();
        }
    }

    private ApplicationContext process(Map<String, Object> properties) {
        return process(properties, true);
    }

    private ApplicationContext process(Map<String, Object> properties, boolean start) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("slipway.data", data.toString());
        all.put("micronaut.server.port", -1);
        all.putIfAbsent("slipway.jobs.heartbeat", "50ms");
        ApplicationContext context = ApplicationContext.builder(all).build();
        return start ? context.start() : context;
    }

    private static JobId enqueue(ApplicationContext process, String act) {
        return enqueue(process, process.getBean(TestHandler.class), new TestHandler.Input(act));
    }

    private static <T> JobId enqueue(ApplicationContext process, JobHandler<T> handler, T input) {
        return as(process, () -> {
            Entities entities = process.getBean(Entities.class);
            JobId id = entities.newId(JobId::new);
            Change change = entities.change();
            process.getBean(Jobs.class)
                    .enqueue(change, id, handler, EntityRef.of(EntityType.RUN, entities.newId(RunId::new)), input);
            change.commit();
            return id;
        });
    }

    private static Entity<JobId, Job> await(ApplicationContext process, JobId id) {
        return as(process, () -> {
            try {
                return process.getBean(Jobs.class).await(id);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static Job job(ApplicationContext process, JobId id) {
        return as(process, () -> process.getBean(JobsApi.class).job(id)).body();
    }

    private static <T> T as(ApplicationContext process, Supplier<T> call) {
        return process.getBean(Callers.class).callAs(CALLER, call);
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the condition holds in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
