package dev.slipway.training.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.api.jobs.JobState;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.api.tokens.Token;
import dev.slipway.api.tokens.TokensApi;
import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.Hyperparameters;
import dev.slipway.api.training.Layer;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.StartTraining;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.training.TestDatasets;
import dev.slipway.training.TestProcess;
import dev.slipway.training.artifact.ArtifactTree;
import dev.slipway.training.executor.TestingApiServer.Refusal;
import dev.slipway.training.train.RunFiles;
import dev.slipway.training.train.TrainingWorker;
import dev.slipway.training.train.WorkerSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The training service with its Jobs at an API server that does what a test says. */
@Timeout(180)
class KubernetesExecutorTest {
    private static final List<Layer> NETWORK =
            List.of(new Layer.Flatten(), new Layer.Dropout(0.1f), new Layer.Dense(10));
    private static final Hyperparameters SETTINGS = new Hyperparameters(3, 32, 0.01f, 42);

    private static final String SERVER = "http://slipway-training:8080";

    @TempDir
    private Path folder;

    private TestingApiServer kubernetes;
    private TestProcess process;
    private DatasetVersionId version;

    @BeforeEach
    void open() throws IOException {
        kubernetes = new TestingApiServer();
    }

    @AfterEach
    void close() {
        if (process != null) {
            process.close();
        }
        kubernetes.close();
    }

    @Test
    void aTrainingRunsInAJobAndNothingIsLeft() throws Exception {
        start(Map.of());
        Entity<RunId, Run> run = train(SETTINGS);
        Job job = awaitJob();
        assertThat(tokens()).containsExactly(false);

        List<String> output = carryOut(job);
        kubernetes.put(pod(job, "{\"running\": {}}"));
        kubernetes.log(String.join("\n", output));
        kubernetes.ends(job.getMetadata().getName(), "Complete", "CompletionsReached");
        process.await(run.body().job());

        Run finished = process.call(() -> api().run(run.id())).body();
        assertThat(finished.state()).isEqualTo(RunState.FINISHED);
        assertThat(process.call(() -> api().history(run.id(), "validation_loss", 100, null))
                        .items())
                .extracting(Metric::step)
                .containsExactly(1L, 2L, 3L);
        assertThat(process.call(() -> files(run.id())))
                .contains("training.json", "environment.json", "model/MLmodel", "model/model.onnx");
        assertThat(process.call(() -> api().data(List.of(run.id()))).get(0).metrics())
                .extracting(Metric::key)
                .contains("test_accuracy", "system/cpu_utilization_percentage");
        assertThat(logOf(run)).contains("made Job " + job.getMetadata().getName(), "worker: epoch 3: train loss");
        await(() -> kubernetes.jobs().isEmpty() && tokens().equals(List.of(true)));
        assertThat(kubernetes.secrets()).isEmpty();

        // What a Job trains is what this process trains, bit by bit.
        process.close();
        start(Map.of("slipway.training.executor", "local"));
        Entity<RunId, Run> here = train(SETTINGS);
        process.await(here.body().job());
        assertThat(process.call(() -> api().run(here.id())).body().model()).isEqualTo(finished.model());
    }

    @Test
    void thePodIsRestrictedAndTellsNoSecret() throws Exception {
        Path template = Files.writeString(folder.resolve("pod.yaml"), """
                metadata: { labels: { team: vision }, annotations: { note: kept } }
                spec:
                  nodeSelector: { gpu: a100 }
                  restartPolicy: Always
                  containers:
                    - name: training
                      image: replaced
                      env: [{ name: OMP_NUM_THREADS, value: "4" }]
                      resources: { limits: { nvidia.com/gpu: 1 } }
                    - { name: sidecar, image: other }
                """);
        start(Map.of(
                "slipway.training.kubernetes.template",
                template.toString(),
                "slipway.training.kubernetes.timeout",
                "90m"));
        Entity<RunId, Run> run = train(SETTINGS);
        Job job = awaitJob();

        assertThat(job.getMetadata().getName())
                .isEqualTo("slipway-train-" + run.body().job());
        assertThat(job.getSpec().getBackoffLimit()).isZero();
        assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(5400);
        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isEqualTo(3600);
        assertThat(job.getSpec().getTemplate().getMetadata().getLabels())
                .containsEntry("team", "vision")
                .containsEntry("slipway.dev/run", run.id().value());
        assertThat(job.getSpec().getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(job.getSpec().getTemplate().getSpec().getNodeSelector()).containsEntry("gpu", "a100");
        Container worker = job.getSpec().getTemplate().getSpec().getContainers().get(0);
        assertThat(worker.getImage()).isEqualTo("slipway:test");
        assertThat(worker.getArgs()).containsExactly("run", "train");
        assertThat(worker.getResources().getLimits()).containsKey("nvidia.com/gpu");
        assertThat(worker.getEnv()).extracting(EnvVar::getName).contains("OMP_NUM_THREADS", "MLFLOW_TRACKING_TOKEN");
        Secret secret = kubernetes.secrets().get(0);
        assertThat(job.toString()).doesNotContain(secret.getStringData().get("token"));
        assertThat(secret.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> assertThat(
                        owner.getUid())
                .isEqualTo(job.getMetadata().getUid()));
    }

    @Test
    void slipwaysOwnTemplateIsRestricted() throws Exception {
        start(Map.of());
        train(SETTINGS);
        Job job = awaitJob();
        assertThat(job.getSpec().getTemplate().getSpec().getSecurityContext().getRunAsNonRoot())
                .isTrue();
        assertThat(job.getSpec().getTemplate().getSpec().getAutomountServiceAccountToken())
                .isFalse();
        assertThat(job.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getSecurityContext()
                        .getReadOnlyRootFilesystem())
                .isTrue();
    }

    @Test
    void aWorkersErrorComesBackAsItsOwn() throws Exception {
        failsAs(
                "training.diverged",
                "lower the learning rate",
                "{\"terminated\": {\"exitCode\": 3, \"reason\": \"Error\", \"message\":"
                        + " \"WARN noise\\nslipway: The loss is no number; lower the learning rate. [training.diverged]\\n\"}}");
    }

    @Test
    void wantOfMemoryIsTold() throws Exception {
        failsAs("training.pod-failed", "OOMKilled", "{\"terminated\": {\"exitCode\": 137, \"reason\": \"OOMKilled\"}}");
    }

    @Test
    void anotherExitCodeIsTold() throws Exception {
        failsAs(
                "training.pod-failed",
                "exit code 134: SIGABRT",
                "{\"terminated\": {\"exitCode\": 134, \"reason\": \"Error\", \"message\": \"a\\nSIGABRT\"}}");
    }

    @Test
    void aJobThatTakesTooLongIsToldOf() throws Exception {
        start(Map.of());
        Entity<RunId, Run> run = train(SETTINGS);
        Job job = awaitJob();
        kubernetes.ends(job.getMetadata().getName(), "Failed", "DeadlineExceeded");
        failed(run, "training.timeout", "raise slipway.training.kubernetes.timeout");
    }

    @Test
    void whatKeepsAPodFromStartingIsTold() throws Exception {
        start(Map.of("slipway.training.kubernetes.start-timeout", "2s"));
        Entity<RunId, Run> run = train(SETTINGS);
        Job job = awaitJob();
        kubernetes.put(pod(job, "{\"waiting\": {\"reason\": \"ImagePullBackOff\", \"message\": \"no such image\"}}"));
        failed(run, "training.not-started", "ImagePullBackOff: no such image");
    }

    @Test
    void aPodThatFitsNoNodeIsToldOf() throws Exception {
        start(Map.of("slipway.training.kubernetes.start-timeout", "2s"));
        Entity<RunId, Run> run = train(SETTINGS);
        Job job = awaitJob();
        kubernetes.put(new PodBuilder()
                .withNewMetadata()
                .withName("pending")
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/3 nodes are available: insufficient nvidia.com/gpu")
                .endCondition()
                .endStatus()
                .build());
        failed(run, "training.not-started", "Unschedulable: 0/3 nodes");
        assertThat(job.getMetadata().getName()).isNotBlank();
    }

    @Test
    void aPodThatIsNeverMadeIsToldOf() throws Exception {
        start(Map.of("slipway.training.kubernetes.start-timeout", "1s"));
        Entity<RunId, Run> run = train(SETTINGS);
        failed(run, "training.not-started", "kubectl describe job slipway-train-");
    }

    @Test
    void aJobThatSomebodyRemovesIsToldOf() throws Exception {
        start(Map.of());
        Entity<RunId, Run> run = train(SETTINGS);
        kubernetes.remove(awaitJob().getMetadata().getName());
        failed(run, "training.job-removed", "somebody else removed it from namespace models");
    }

    @Test
    void aWorkerThatLeavesNoModelIsToldOf() throws Exception {
        start(Map.of());
        Entity<RunId, Run> run = train(SETTINGS);
        kubernetes.ends(awaitJob().getMetadata().getName(), "Complete", "CompletionsReached");
        failed(run, "training.no-model", "look whether its image is Slipway's");
    }

    @Test
    void cancellingRemovesTheJob() throws Exception {
        start(Map.of());
        Entity<RunId, Run> run = train(SETTINGS);
        awaitJob();
        process.call(() -> process.bean(JobsApi.class).cancel(run.body().job()));
        await(() -> state(run.body().job()) == JobState.CANCELLED);
        await(() -> kubernetes.jobs().isEmpty() && kubernetes.secrets().isEmpty() && tokens().equals(List.of(true)));
        await(() -> process.call(() -> api().run(run.id())).body().state() == RunState.KILLED);
    }

    @Test
    void aMissingRightIsNamed() throws Exception {
        kubernetes.refuse(request -> request.equals("POST jobs")
                ? Optional.of(
                        new Refusal(403, "Forbidden", "jobs.batch is forbidden: User \"a\" cannot create resource"))
                : Optional.empty());
        start(Map.of());
        failed(train(SETTINGS), "training.kubernetes-forbidden", "needs the verb 'create' on 'jobs'");
        assertThat(tokens()).containsExactly(true);
    }

    @Test
    void aMissingRightToReadLogsCostsOnlyTheLog() throws Exception {
        kubernetes.refuse(request -> request.equals("GET pods/log")
                ? Optional.of(new Refusal(403, "Forbidden", "pods is forbidden"))
                : Optional.empty());
        start(Map.of());
        Entity<RunId, Run> run = train(SETTINGS);
        Job job = awaitJob();
        kubernetes.put(pod(job, "{\"running\": {}}"));
        carryOut(job);
        kubernetes.ends(job.getMetadata().getName(), "Complete", "CompletionsReached");
        process.await(run.body().job());
        assertThat(logOf(run)).contains("needs the verb 'get' on 'pods/log'");
    }

    @Test
    void whatTheApiServerFindsWrongIsTold() throws Exception {
        kubernetes.refuse(request -> request.equals("POST jobs")
                ? Optional.of(new Refusal(422, "Invalid", "spec.template.spec.containers[0].image: Required value"))
                : Optional.empty());
        start(Map.of());
        failed(train(SETTINGS), "training.kubernetes-refused", "containers[0].image: Required value");
    }

    @Test
    void anApiServerThatIsAwayForAWhileIsWaitedFor() throws Exception {
        start(Map.of());
        Entity<RunId, Run> run = train(SETTINGS);
        Job job = awaitJob();
        List<Refusal> troubles = List.of(
                new Refusal(500, "InternalError", "etcd"),
                new Refusal(503, "ServiceUnavailable", "restarting"),
                new Refusal(429, "TooManyRequests", "slow down"),
                new Refusal(TestingApiServer.LOST, "", ""));
        AtomicInteger refused = new AtomicInteger();
        kubernetes.refuse(request -> Optional.of(troubles.get(refused.getAndIncrement() % troubles.size())));
        await(() -> refused.get() >= 6);
        assertThat(state(run.body().job())).isEqualTo(JobState.RUNNING);
        kubernetes.refuseNothing();
        carryOut(job);
        kubernetes.ends(job.getMetadata().getName(), "Complete", "CompletionsReached");
        process.await(run.body().job());
        assertThat(process.call(() -> api().run(run.id())).body().state()).isEqualTo(RunState.FINISHED);
    }

    @Test
    void aJobWhoseSecretCouldNotBeMadeIsMadeAgain() throws Exception {
        AtomicInteger secrets = new AtomicInteger();
        // The client itself tries three times.
        kubernetes.refuse(request -> request.equals("POST secrets") && secrets.incrementAndGet() <= 3
                ? Optional.of(new Refusal(500, "InternalError", "etcd"))
                : Optional.empty());
        start(Map.of());
        Entity<RunId, Run> run = train(SETTINGS);
        await(() -> kubernetes.secrets().size() == 1);
        Job job = kubernetes.jobs().get(0);
        assertThat(kubernetes
                        .secrets()
                        .get(0)
                        .getMetadata()
                        .getOwnerReferences()
                        .get(0)
                        .getUid())
                .isEqualTo(job.getMetadata().getUid());
        carryOut(job);
        kubernetes.ends(job.getMetadata().getName(), "Complete", "CompletionsReached");
        process.await(run.body().job());
        await(() -> tokens().equals(List.of(true, true)));
    }

    @Test
    void anotherProcessGoesOnWithTheJob() throws Exception {
        start(Map.of());
        Entity<RunId, Run> run = train(SETTINGS);
        Job job = awaitJob();
        await(() -> kubernetes.requests().contains("GET pods"));
        var dataset = process.call(() -> process.bean(TestDatasets.class).version(version));
        TestProcess first = process;
        launch(Map.of());
        process.run(() -> process.bean(TestDatasets.class).add(dataset));
        first.close();
        assertThat(kubernetes.jobs()).hasSize(1);

        carryOut(job);
        kubernetes.ends(job.getMetadata().getName(), "Complete", "CompletionsReached");
        process.await(run.body().job());

        assertThat(process.call(() -> api().run(run.id())).body().state()).isEqualTo(RunState.FINISHED);
        assertThat(kubernetes.requests()).containsOnlyOnce("POST jobs");
        await(() -> kubernetes.jobs().isEmpty() && tokens().equals(List.of(true)));
    }

    @Test
    void aWorkerOfARunThatHasEndedIsSentAway() throws Exception {
        start(Map.of());
        Entity<RunId, Run> run = train(SETTINGS);
        Job job = awaitJob();
        WorkerSettings worker = WorkerSettings.of(environment(job));
        process.call(() -> process.bean(JobsApi.class).cancel(run.body().job()));
        await(() -> tokens().equals(List.of(true)));
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> new TrainingWorker(worker, "test", line -> {}).run())
                .withMessageContaining("token.revoked");
    }

    @Test
    void settingsThatCanNotBeMeantAreRefusedAtTheStart() throws Exception {
        refused("'local' or 'kubernetes', not 'docker'", Map.of("slipway.training.executor", "docker"));
        refused("kubernetes.server", Map.of("slipway.training.kubernetes.server", "slipway-training:8080"));
        refused("kubernetes.timeout", Map.of("slipway.training.kubernetes.timeout", "0s"));
        refused(
                "kubeconfig",
                Map.of(
                        "slipway.training.kubernetes.kubeconfig",
                        folder.resolve("none").toString()));
        refused(
                "can't be read",
                Map.of(
                        "slipway.training.kubernetes.template",
                        folder.resolve("none").toString()));
        refused("no container named 'training'", template("spec: { containers: [{ name: other, image: a }] }"));
        refused("is empty", template(""));
        refused("no pod template", template("spec: [}"));
        Map<String, Object> noImage = new HashMap<>(template("spec: { containers: [{ name: training }] }"));
        noImage.put("slipway.training.kubernetes.image", "");
        refused("kubernetes.image", noImage);
    }

    private Map<String, Object> template(String text) throws IOException {
        Path file = Files.createTempFile(folder, "template", ".yaml");
        return Map.of(
                "slipway.training.kubernetes.template",
                Files.writeString(file, text).toString());
    }

    private void refused(String text, Map<String, Object> properties) throws IOException {
        Map<String, Object> all = properties(properties);
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> new TestProcess(folder.resolve("refused"), all).close())
                .matches(e -> causes(e).contains(text), text);
    }

    private static String causes(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause.getMessage()).append('\n');
        }
        return text.toString();
    }

    private void failsAs(String code, String text, String state) throws Exception {
        start(Map.of());
        Entity<RunId, Run> run = train(SETTINGS);
        Job job = awaitJob();
        kubernetes.put(pod(job, state));
        kubernetes.ends(job.getMetadata().getName(), "Failed", "BackoffLimitExceeded");
        failed(run, code, text);
        assertThat(logOf(run)).contains("worker: a line of the worker");
    }

    private void failed(Entity<RunId, Run> run, String code, String text) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> process.await(run.body().job()))
                .withMessageContaining(text)
                .matches(e -> e.code().equals(code), code);
        await(() -> process.call(() -> api().run(run.id())).body().state() == RunState.FAILED);
        await(() -> kubernetes.jobs().isEmpty() && kubernetes.secrets().isEmpty());
        await(() -> !tokens().contains(false));
    }

    private void start(Map<String, Object> properties) throws IOException {
        launch(properties);
        version = process.call(() -> process.bean(TestDatasets.class).images(200));
    }

    private void launch(Map<String, Object> properties) throws IOException {
        process = new TestProcess(folder.resolve("data"), properties(properties));
        process.bean(EmbeddedServer.class).start();
    }

    private Map<String, Object> properties(Map<String, Object> more) throws IOException {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "slipway.jobs.shutdown",
                "200ms",
                "slipway.training.executor",
                "kubernetes",
                "slipway.training.kubernetes.kubeconfig",
                kubernetes.kubeconfig(folder).toString(),
                "slipway.training.kubernetes.namespace",
                TestingApiServer.NAMESPACE,
                "slipway.training.kubernetes.server",
                SERVER,
                "slipway.training.kubernetes.image",
                "slipway:test",
                "slipway.training.kubernetes.poll",
                "20ms"));
        properties.putAll(more);
        return properties;
    }

    private Entity<RunId, Run> train(Hyperparameters settings) {
        return process.call(() -> api().train(new StartTraining(
                api().createExperiment(new CreateExperiment("digits")).id(), "r", version, NETWORK, settings, null)));
    }

    private Job awaitJob() {
        await(() -> !kubernetes.jobs().isEmpty() && !kubernetes.secrets().isEmpty());
        return kubernetes.jobs().get(0);
    }

    /** As a kubelet would, but in this process. */
    private List<String> carryOut(Job job) throws InterruptedException {
        List<String> output = new ArrayList<>();
        new TrainingWorker(WorkerSettings.of(environment(job)), "test", output::add).run();
        return output;
    }

    /** That of the pod, but that the name of the service leads to this process. */
    private Map<String, String> environment(Job job) {
        Secret secret = kubernetes.secrets().get(0);
        Map<String, String> environment = job.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
                .collect(Collectors.toMap(
                        EnvVar::getName,
                        variable -> variable.getValue() != null
                                ? variable.getValue()
                                : secret.getStringData()
                                        .get(variable.getValueFrom()
                                                .getSecretKeyRef()
                                                .getKey())));
        assertThat(environment.put(
                        WorkerSettings.SERVER,
                        process.bean(EmbeddedServer.class).getURI().toString()))
                .isEqualTo(SERVER);
        return environment;
    }

    private static Pod pod(Job job, String state) {
        return new io.fabric8.kubernetes.client.utils.KubernetesSerialization()
                .unmarshal("""
                {"metadata": {"name": "%s-x"}, "status": {"containerStatuses": [
                  {"name": "training", "image": "a", "imageID": "", "ready": false, "restartCount": 0, "state": %s}]}}
                """.formatted(job.getMetadata().getName(), state), Pod.class);
    }

    private List<String> files(RunId run) {
        ArtifactPath root = process.bean(RunFiles.class).folder(run);
        ArtifactTree tree = process.bean(ArtifactTree.class);
        return List.of("", "/model").stream()
                .flatMap(path -> tree.list(ArtifactPath.of(root + path), 100, null).items().stream())
                .map(file -> file.path().substring(root.toString().length() + 1))
                .toList();
    }

    private String logOf(Entity<RunId, Run> run) {
        var job = process.call(() -> process.bean(JobsApi.class).job(run.body().job()));
        return new String(process.bean(ArtifactStore.class).read(job.body().log(), 1 << 20), StandardCharsets.UTF_8);
    }

    private JobState state(JobId job) {
        return process.call(() -> process.bean(JobsApi.class).job(job)).body().state();
    }

    /** Whether each token is revoked. */
    private List<Boolean> tokens() {
        return process.bean(Callers.class)
                .callAs(
                        new Caller("admin", Set.of(Role.ADMIN), Workspace.DEFAULT),
                        () -> process.bean(TokensApi.class).list(10, null).items().stream()
                                .map(Entity::body)
                                .map(Token::revoked)
                                .toList());
    }

    private TrainingApi api() {
        return process.bean(TrainingApi.class);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("gave up waiting").isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
