package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.conversion.Target;
import dev.slipway.api.jobs.Job;
import dev.slipway.api.registry.Channel;
import dev.slipway.api.registry.Gate;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Release;
import dev.slipway.api.registry.ReleaseVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ReleaseId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.GraphStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ReleaseTest {
    private static final GatePolicy POLICY = new GatePolicy(0.7, 1e-4, 1000, 0.1, Set.of(Target.TFLITE, Target.ORT));

    @TempDir
    private Path data;

    private TestProcess process;
    private ModelId model;
    private DatasetVersionId dataset;

    @BeforeEach
    void start() {
        process = TestProcess.start(data, Map.of());
        model = process.model("digits", POLICY).id();
        dataset = process.testSet();
    }

    @AfterEach
    void stop() {
        process.close();
    }

    @Test
    void aGoodVersionIsReleased() {
        ModelVersionId version = process.complete(model, dataset, 4);

        assertThat(process.release(version, "production")).isEmpty();

        ModelVersion judged = process.reread(version);
        assertThat(judged.gates().passed()).isTrue();
        assertThat(judged.gates().accuracy()).isEqualTo(1);
        assertThat(judged.gates().productionAccuracy()).isNull();
        assertThat(judged.gates().testSet()).isEqualTo(dataset);
        assertThat(judged.gates().gates())
                .extracting(Gate::name)
                .containsExactly("accuracy", "parity", "size", "targets", "regression");
        assertThat(process.reread(model).aliases()).isEqualTo(Map.of("production", version));
        Entity<?, Release> release = releases().get(0);
        assertThat(release.body().number()).isEqualTo(1);
        assertThat(release.body().version()).isEqualTo(version);
        assertThat(release.body().files()).isEqualTo(judged.files());
        Channel channel = channels().get(0);
        assertThat(channel.name()).isEqualTo("production");
        assertThat(channel.release()).isEqualTo(release.id());
        assertThat(channel.manifestNumber()).isEqualTo(1);
        assertThat(process.events()).contains("release.published", "channel.pointed", "model-version.judged");
        judged.files().forEach(file -> assertThat(
                        process.bean(GraphStore.class).claim(Workspace.DEFAULT, "released-file/" + file.artifact()))
                .isPresent());
    }

    /** What can be wrong with a version, each caught by one gate. */
    enum Flaw {
        ACCURACY,
        PARITY,
        SIZE,
        TARGETS;

        String gate() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @ParameterizedTest
    @EnumSource(Flaw.class)
    void aFlawedVersionChangesNothingButItsReport(Flaw flaw) {
        ModelVersionId version = flawed(flaw);
        Entity<ModelId, Model> before = process.as(Role.VIEWER, registry -> registry.model(model));

        Optional<SlipwayException> failure = process.release(version, "production");

        assertThat(failure).isPresent();
        assertThat(failure.get().code()).isEqualTo("registry.gates");
        assertThat(failure.get()).hasMessageContaining(flaw.gate() + ": ");
        assertThat(process.reread(version).gates().gates())
                .filteredOn(gate -> !gate.passed())
                .extracting(Gate::name)
                .containsExactly(flaw.gate());
        Entity<ModelId, Model> after = process.as(Role.VIEWER, registry -> registry.model(model));
        assertThat(after).isEqualTo(before);
        assertThat(releases()).isEmpty();
        assertThat(channels()).isEmpty();
        assertThat(process.events()).doesNotContain("release.published", "channel.pointed");
        process.reread(version).files().forEach(file -> assertThat(
                        process.bean(GraphStore.class).claim(Workspace.DEFAULT, "released-file/" + file.artifact()))
                .isEmpty());
    }

    @Test
    void aWorseVersionDoesNotReplaceTheOneInProduction() {
        ModelVersionId good = process.complete(model, dataset, 4);
        ModelVersionId worse = process.complete(model, dataset, 3);
        assertThat(process.release(good, "production")).isEmpty();
        List<Channel> before = channels();

        SlipwayException failure = process.release(worse, "production").orElseThrow();

        assertThat(failure.code()).isEqualTo("registry.gates");
        assertThat(failure).hasMessageContaining("regression: ").hasMessageContaining("version 1");
        assertThat(process.reread(worse).gates().productionAccuracy()).isEqualTo(1);
        assertThat(process.reread(worse).gates().accuracy()).isEqualTo(0.75);
        assertThat(process.reread(model).aliases()).isEqualTo(Map.of("production", good));
        assertThat(channels()).isEqualTo(before);
        assertThat(releases()).hasSize(1);
        // On a channel of its own there is nothing that it would make worse.
        assertThat(process.release(worse, "beta")).isEmpty();
    }

    @Test
    void aBetterVersionTakesOver() {
        ModelVersionId first = process.complete(model, dataset, 3);
        ModelVersionId second = process.complete(model, dataset, 4);
        assertThat(process.release(first, "production")).isEmpty();

        assertThat(process.release(second, "production")).isEmpty();

        assertThat(process.reread(model).aliases()).isEqualTo(Map.of("production", second));
        assertThat(releases()).extracting(release -> release.body().number()).containsExactly(2, 1);
        assertThat(channels()).singleElement().satisfies(channel -> {
            assertThat(channel.manifestNumber()).isEqualTo(2);
            assertThat(channel.release()).isEqualTo(releases().get(0).id());
        });
    }

    @Test
    void theSameFilesMayBeReleasedToSeveralChannels() {
        ModelVersionId version = process.complete(model, dataset, 4);

        assertThat(process.release(version, "beta")).isEmpty();
        assertThat(process.release(version, "production")).isEmpty();

        assertThat(channels()).extracting(Channel::name).containsExactly("beta", "production");
        assertThat(process.reread(model).aliases()).containsOnlyKeys("beta", "production");
    }

    @Test
    void releasesAtOnceGetNumbersOfTheirOwn() {
        List<ModelVersionId> versions = List.of(
                process.complete(model, dataset, 4),
                process.complete(model, dataset, 4),
                process.complete(model, dataset, 4),
                process.complete(model, dataset, 4));
        process.as(Role.ENGINEER, registry -> {
            List<JobId> jobs = versions.stream()
                    .map(version -> registry.release(version, new ReleaseVersion("production", null))
                            .id())
                    .toList();
            jobs.forEach(job -> assertThat(process.failure(job)).isEmpty());
            return jobs;
        });

        assertThat(releases()).extracting(release -> release.body().number()).containsExactly(4, 3, 2, 1);
        assertThat(channels()).singleElement().satisfies(channel -> {
            assertThat(channel.manifestNumber()).isEqualTo(4);
            assertThat(channel.release()).isEqualTo(releases().get(0).id());
        });
    }

    @Test
    void aRepeatedRequestIsOneJob() {
        ModelVersionId version = process.complete(model, dataset, 4);
        ReleaseVersion request = new ReleaseVersion("production", "key");

        Entity<JobId, Job> first = process.as(Role.ENGINEER, registry -> registry.release(version, request));
        Entity<JobId, Job> again = process.as(Role.ENGINEER, registry -> registry.release(version, request));

        assertThat(again.id()).isEqualTo(first.id());
        Optional<SlipwayException> failure = process.as(Role.ENGINEER, registry -> process.failure(first.id()));
        assertThat(failure).isEmpty();
        assertThat(releases()).hasSize(1);
    }

    /** An attempt as its handler sees it. */
    private record Attempt(JobId id, int attempt, List<ClaimChange> fences) implements JobContext {
        @Override
        public void progress(double fraction, String message) {
            assertThat(fraction).isBetween(0.0, 1.0);
        }

        @Override
        public void log(String line) {
            assertThat(line).isNotBlank();
        }

        @Override
        public Change fence(Change change) {
            fences.forEach(change::claim);
            return change;
        }
    }

    @Test
    void anAttemptAfterADeadWorkerReleasesOnce() {
        ModelVersionId version = process.complete(model, dataset, 4);
        JobId job = new JobId("1".repeat(32));

        attempt(version, new Attempt(job, 1, List.of()));
        attempt(version, new Attempt(job, 2, List.of()));

        assertThat(releases()).hasSize(1);
        assertThat(channels()).extracting(Channel::manifestNumber).containsExactly(1L);
    }

    @Test
    void aWorkerThatHasLostItsJobChangesNothing() {
        ModelVersionId version = process.complete(model, dataset, 4);
        List<String> before = process.events();
        Attempt lost =
                new Attempt(new JobId("1".repeat(32)), 1, List.of(new ClaimChange.Require("job-attempt/gone", "1")));

        SlipwayException failure = catchThrowableOfType(SlipwayException.class, () -> attempt(version, lost));

        assertThat(failure.code()).isEqualTo("store.claim-lost");
        assertThat(process.reread(version).gates()).isNull();
        assertThat(process.reread(model).aliases()).isEmpty();
        assertThat(channels()).isEmpty();
        assertThat(process.events()).isEqualTo(before);
    }

    private void attempt(ModelVersionId version, Attempt attempt) {
        process.as(Role.SERVICE, registry -> {
            process.bean(ReleaseHandler.class).run(attempt, new ReleaseInput(version, "production"));
            return attempt;
        });
    }

    @Test
    void onlyEngineersReleaseAndOnlyToProperChannels() {
        ModelVersionId version = process.complete(model, dataset, 4);
        assertThat(catchThrowableOfType(
                                SlipwayException.class,
                                () -> process.as(
                                        Role.LABELLER,
                                        registry -> registry.release(version, new ReleaseVersion("beta", null))))
                        .kind())
                .isEqualTo(ErrorKind.FORBIDDEN);
        assertThat(catchThrowableOfType(SlipwayException.class, () -> process.release(version, "../beta"))
                        .code())
                .isEqualTo("channel.name");
    }

    private ModelVersionId flawed(Flaw flaw) {
        ModelVersionId version =
                flaw == Flaw.ACCURACY ? process.complete(model, dataset, 2) : process.register(model, dataset, 4);
        if (flaw != Flaw.ACCURACY) {
            process.attach(version, process.file(Target.ORT, "ort", 0));
        }
        switch (flaw) {
            case ACCURACY, TARGETS -> {}
            case PARITY -> process.attach(version, process.file(Target.TFLITE, "tflite", 0.5));
            case SIZE -> process.attach(version, process.file(Target.TFLITE, new byte[1001], 0));
        }
        return version;
    }

    private List<Channel> channels() {
        return process.as(Role.VIEWER, registry -> registry.channels(model)).stream()
                .map(Entity::body)
                .toList();
    }

    private List<Entity<ReleaseId, Release>> releases() {
        return process.as(Role.VIEWER, registry -> registry.listReleases(model, 100, null))
                .items();
    }
}
