package dev.slipway.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.jobs.Failure;
import dev.slipway.api.jobs.JobState;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.api.training.Hyperparameters;
import dev.slipway.api.training.Layer;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.StartTraining;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import dev.slipway.standalone.cli.CommandProcess;
import dev.slipway.standalone.cli.CommandResult;
import dev.slipway.standalone.contract.Eventually;
import dev.slipway.standalone.contract.Given;
import dev.slipway.standalone.contract.ServerProcess;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings as Jobs of a real API server, scheduler and Job controller, with the chart's own account, Role and pod template.
 * {@code infra/tests/executor.sh} starts them; {@code SLIPWAY_TEST_CLUSTER} names the folder with what leads to them. The node
 * runs nothing: a pod ends when its annotation {@code slipway/exit} says so or, with {@code slipway/held}, when the test has
 * run its command with its environment.
 */
@EnabledIfEnvironmentVariable(named = "SLIPWAY_TEST_CLUSTER", matches = ".+")
@Timeout(300)
class KubernetesTrainingTest {
    private static final String NAMESPACE = "training";
    private static final String ROLE = "slipway-training-job";

    private record Right(String verb, String resource) {}

    private final Path cluster = Path.of(String.valueOf(System.getenv("SLIPWAY_TEST_CLUSTER")));

    @TempDir
    private Path folder;

    private KubernetesClient admin;
    private SlipwayServer front;
    private ServerProcess trainer;
    private int port;

    @BeforeEach
    void open() throws IOException {
        admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(
                        cluster.resolve("admin.kubeconfig").toFile()))
                .build();
        // It asks for trainings; the other process on the same data carries them out.
        System.setProperty("slipway.jobs.enabled", "false");
        front = SlipwayServer.start(
                new ServerSettings("127.0.0.1", 0, folder.resolve("data"), ServerSettings.allServices()));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void close() {
        System.clearProperty("slipway.jobs.enabled");
        if (trainer != null) {
            trainer.close();
        }
        front.close();
        admin.close();
    }

    @Test
    void aPodsOwnCommandTrainsAndNothingIsLeft() throws Exception {
        start(KubernetesTrainingTest::held, Map.of());
        Entity<RunId, Run> run = train();
        Pod pod = runningPod();

        CommandResult result = carryOut(pod);
        assertThat(result.exitCode()).as(result.err()).isZero();
        ended(pod, 0, "");

        assertThat(endOf(run).state()).isEqualTo(RunState.FINISHED);
        nothingIsLeft();
        assertThat(job(run).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void theErrorOfAPodsOwnCommandComesBack() throws Exception {
        start(KubernetesTrainingTest::held, Map.of());
        Entity<RunId, Run> run = train();
        Pod pod = runningPod();
        Map<String, String> environment = environment(pod);
        environment.put("MLFLOW_RUN_ID", "0".repeat(32));

        CommandResult result = command(pod, environment);
        ended(pod, result.exitCode(), result.err());

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(failureOf(run).code()).isEqualTo("worker.refused");
        nothingIsLeft();
    }

    @Test
    void aPodThatFailsFailsTheRun() throws Exception {
        start(template -> annotated(template, "slipway/exit", "3"), Map.of());
        Entity<RunId, Run> run = train();

        assertThat(failureOf(run).code()).isEqualTo("training.pod-failed");
        assertThat(failureOf(run).message()).contains("exit code 3");
        nothingIsLeft();
    }

    @Test
    void aTrainingThatTakesTooLongIsEnded() throws Exception {
        start(KubernetesTrainingTest::held, Map.of("SLIPWAY_TRAINING_KUBERNETES_TIMEOUT", "3s"));
        Entity<RunId, Run> run = train();

        assertThat(failureOf(run).code()).isEqualTo("training.timeout");
        nothingIsLeft();
    }

    @Test
    void aPodForWhichThereIsNoNodeIsToldOf() throws Exception {
        start(
                template -> new PodTemplateSpecBuilder(template)
                        .editSpec()
                        .addToNodeSelector("gpu", "none-has-it")
                        .endSpec()
                        .build(),
                Map.of("SLIPWAY_TRAINING_KUBERNETES_START_TIMEOUT", "3s"));
        Entity<RunId, Run> run = train();

        assertThat(failureOf(run).code()).isEqualTo("training.not-started");
        assertThat(failureOf(run).message()).contains("Unschedulable", "didn't match Pod's node affinity");
        nothingIsLeft();
    }

    @Test
    void cancellingEndsThePod() throws Exception {
        start(KubernetesTrainingTest::held, Map.of());
        Entity<RunId, Run> run = train();
        runningPod();

        call(() -> front.bean(JobsApi.class).cancel(run.body().job()));

        assertThat(endOf(run).state()).isEqualTo(RunState.KILLED);
        nothingIsLeft();
    }

    @Test
    void aServerThatIsKilledGoesOnWithItsJob() throws Exception {
        start(KubernetesTrainingTest::held, Map.of());
        Entity<RunId, Run> run = train();
        Pod pod = runningPod();
        // Until it has its Secret, a Job would be made again.
        environment(pod);
        trainer.kill();
        start(KubernetesTrainingTest::held, Map.of());

        CommandResult result = carryOut(pod);
        assertThat(result.exitCode()).as(result.err()).isZero();
        ended(pod, 0, "");

        assertThat(endOf(run).state()).isEqualTo(RunState.FINISHED);
        assertThat(call(() -> front.bean(JobsApi.class).job(run.body().job()))
                        .body()
                        .attempt())
                .isEqualTo(2);
        nothingIsLeft();
    }

    @Test
    void everyRightOfTheRoleIsNeeded() throws Exception {
        start(template -> annotated(template, "slipway/exit", "3"), Map.of());
        for (Right right : List.of(
                new Right("get", "jobs"),
                new Right("create", "jobs"),
                new Right("create", "secrets"),
                new Right("list", "pods"))) {
            GenericKubernetesResource whole = without(right);
            Failure failure = failureOf(train());
            admin.resource(whole).unlock().update();
            assertThat(failure.code()).as(right.toString()).isEqualTo("training.kubernetes-forbidden");
            assertThat(failure.message()).contains("'" + right.verb() + "' on '" + right.resource() + "'");
            nothingIsLeft();
        }
        GenericKubernetesResource whole = without(new Right("delete", "jobs"));
        assertThat(failureOf(train()).code()).isEqualTo("training.pod-failed");
        assertThat(admin.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems())
                .as("what can't be removed stays until its time is up")
                .hasSize(1)
                .allSatisfy(job ->
                        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isPositive());
        admin.resource(whole).unlock().update();
        admin.batch().v1().jobs().inNamespace(NAMESPACE).delete();
        nothingIsLeft();
    }

    /** Takes a right out of the Role, waits until that is in force, and returns the Role as it was. */
    private GenericKubernetesResource without(Right right) throws IOException {
        String verb = right.verb();
        String resource = right.resource();
        var roles = admin.genericKubernetesResources("rbac.authorization.k8s.io/v1", "Role")
                .inNamespace(NAMESPACE)
                .withName(ROLE);
        GenericKubernetesResource whole = roles.get();
        roles.edit(role -> {
            for (Object rule : (List<?>) role.getAdditionalProperties().get("rules")) {
                @SuppressWarnings("unchecked")
                Map<String, List<String>> fields = (Map<String, List<String>>) rule;
                if (fields.get("resources").contains(resource)) {
                    List<String> verbs = new ArrayList<>(fields.get("verbs"));
                    verbs.remove(verb);
                    fields.put("verbs", verbs.isEmpty() ? List.of("watch") : verbs);
                }
            }
            return role;
        });
        String review = """
                {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview", "spec": {"resourceAttributes":
                 {"namespace": "%s", "verb": "%s", "group": "%s", "resource": "%s"}}}
                """.formatted(NAMESPACE, verb, resource.equals("jobs") ? "batch" : "", resource);
        try (KubernetesClient account = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig().toFile()))
                .build()) {
            Eventually.see(
                    () -> account.raw("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "POST", review),
                    answer -> answer.replace(" ", "").contains("\"allowed\":false"));
        }
        return whole;
    }

    private void start(UnaryOperator<PodTemplateSpec> change, Map<String, String> more) throws IOException {
        KubernetesSerialization yaml = new KubernetesSerialization();
        PodTemplateSpec template = yaml.unmarshal(Files.readString(cluster.resolve("pod.yaml")), PodTemplateSpec.class);
        Path file = Files.writeString(folder.resolve("pod.yaml"), yaml.asYaml(change.apply(template)));
        Map<String, String> environment = new HashMap<>(Map.of(
                "SLIPWAY_TRAINING_EXECUTOR",
                "kubernetes",
                "SLIPWAY_TRAINING_KUBERNETES_KUBECONFIG",
                kubeconfig().toString(),
                "SLIPWAY_TRAINING_KUBERNETES_NAMESPACE",
                NAMESPACE,
                "SLIPWAY_TRAINING_KUBERNETES_SERVER",
                "http://127.0.0.1:" + port,
                "SLIPWAY_TRAINING_KUBERNETES_TEMPLATE",
                file.toString(),
                "SLIPWAY_TRAINING_KUBERNETES_POLL",
                "200ms",
                "SLIPWAY_JOBS_LEASE",
                "5s"));
        environment.putAll(more);
        trainer = ServerProcess.start(folder.resolve("data"), environment, List.of(), port, "-Xmx512m");
    }

    private Path kubeconfig() {
        return cluster.resolve("trainer.kubeconfig");
    }

    private static PodTemplateSpec held(PodTemplateSpec template) {
        return annotated(template, "slipway/held", "true");
    }

    private static PodTemplateSpec annotated(PodTemplateSpec template, String name, String value) {
        return new PodTemplateSpecBuilder(template)
                .editOrNewMetadata()
                .addToAnnotations(name, value)
                .endMetadata()
                .build();
    }

    private Entity<RunId, Run> train() {
        Given given = Given.on(front);
        return call(() -> front.bean(TrainingApi.class)
                .train(new StartTraining(
                        given.experiment(),
                        "in a job",
                        given.datasetVersion().id(),
                        List.of(new Layer.Flatten(), new Layer.Dense(2)),
                        new Hyperparameters(2, 4, 0.01f, 11),
                        null)));
    }

    private Pod runningPod() {
        return Eventually.see(
                        () -> admin.pods().inNamespace(NAMESPACE).list().getItems(),
                        pods -> pods.size() == 1
                                && "Running".equals(pods.get(0).getStatus().getPhase()))
                .get(0);
    }

    private CommandResult carryOut(Pod pod) {
        return command(pod, environment(pod));
    }

    private CommandResult command(Pod pod, Map<String, String> environment) {
        String[] arguments = pod.getSpec().getContainers().get(0).getArgs().toArray(String[]::new);
        try (CommandProcess process = CommandProcess.start(folder, environment, arguments)) {
            return process.end();
        }
    }

    /** As the kubelet makes it, with what the Secret says. */
    private Map<String, String> environment(Pod pod) {
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : pod.getSpec().getContainers().get(0).getEnv()) {
            if (variable.getValue() != null) {
                environment.put(variable.getName(), variable.getValue());
            } else {
                var reference = variable.getValueFrom().getSecretKeyRef();
                String encoded = Eventually.see(
                                () -> admin.secrets()
                                        .inNamespace(NAMESPACE)
                                        .withName(reference.getName())
                                        .get(),
                                secret -> secret != null)
                        .getData()
                        .get(reference.getKey());
                environment.put(
                        variable.getName(), new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
            }
        }
        environment.put("HOME", folder.toString());
        return environment;
    }

    /** What the kubelet would say. */
    private void ended(Pod pod, int exitCode, String message) {
        var end = new ContainerStatusBuilder(
                        pod.getStatus().getContainerStatuses().get(0))
                .withReady(false)
                .withNewState()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(exitCode == 0 ? "Completed" : "Error")
                .withMessage(message)
                .endTerminated()
                .endState()
                .build();
        admin.pods().inNamespace(NAMESPACE).resource(pod).editStatus(before -> new PodBuilder(before)
                .editStatus()
                .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                .withContainerStatuses(end)
                .endStatus()
                .build());
    }

    private Run endOf(Entity<RunId, Run> run) {
        return Eventually.see(
                        () -> call(() -> front.bean(TrainingApi.class).run(run.id())),
                        seen -> seen.body().finished() != null)
                .body();
    }

    private dev.slipway.api.jobs.Job job(Entity<RunId, Run> run) {
        return Eventually.see(
                        () -> call(
                                () -> front.bean(JobsApi.class).job(run.body().job())),
                        seen -> seen.body().state().isFinal())
                .body();
    }

    private Failure failureOf(Entity<RunId, Run> run) {
        assertThat(endOf(run).state()).isEqualTo(RunState.FAILED);
        return job(run).failure();
    }

    private void nothingIsLeft() {
        Eventually.see(
                () -> List.of(
                        admin.batch()
                                .v1()
                                .jobs()
                                .inNamespace(NAMESPACE)
                                .list()
                                .getItems()
                                .size(),
                        admin.pods().inNamespace(NAMESPACE).list().getItems().size(),
                        admin.secrets()
                                .inNamespace(NAMESPACE)
                                .withLabel("slipway.dev/job")
                                .list()
                                .getItems()
                                .size()),
                List.of(0, 0, 0)::equals);
    }

    private <T> T call(Supplier<T> call) {
        return front.bean(Callers.class).callAs(new Caller("test", Set.of(Role.ENGINEER), Workspace.DEFAULT), call);
    }
}
