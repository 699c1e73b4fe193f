package dev.slipway.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.api.training.ArtifactsApi;
import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.Hyperparameters;
import dev.slipway.api.training.Layer;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunData;
import dev.slipway.api.training.StartTraining;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.training.TestDatasets;
import dev.slipway.training.TestProcess;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is kept beside a run that is trained here. */
@Timeout(180)
class ProvenanceTest {
    private static final List<Layer> NETWORK = List.of(new Layer.Flatten(), new Layer.Dense(10));
    private static final Hyperparameters SETTINGS = new Hyperparameters(2, 32, 0.01f, 7);
    private static final Argument<Map<String, Object>> TREE = Argument.mapOf(String.class, Object.class);

    @TempDir
    private Path folder;

    private Path checkout;
    private TestProcess process;

    @BeforeEach
    void makeFolders() throws IOException {
        checkout = Files.createDirectory(folder.resolve("checkout"));
    }

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void theRequestTheEnvironmentAndTheModelLieBesideTheRun() throws IOException {
        process = start(Map.of());
        Entity<RunId, Run> run = train();

        assertThat(files(run.id()))
                .containsExactly("environment.json", "model/MLmodel", "model/model.onnx", "training.json");
        assertThat(artifact(run, "model/model.onnx").artifact())
                .isEqualTo(run.body().model());

        StartTraining request =
                process.bean(ObjectMapper.class).readValue(read(run, "training.json"), StartTraining.class);
        assertThat(request.network()).isEqualTo(NETWORK);
        assertThat(request.hyperparameters()).isEqualTo(SETTINGS);
        assertThat(request.datasetVersion()).isEqualTo(run.body().datasetVersion());

        Map<String, Object> environment = tree(run, "environment.json");
        assertThat(environment).containsKeys("operatingSystem", "virtualMachine", "processor", "memoryBytes");
        assertThat(environment.get("libraries").toString())
                .contains("djl=", "onnxruntime=", "pytorch=")
                .doesNotContain("null");
        assertThat(environment.get("settings").toString()).contains("ai.djl.pytorch.num_threads=1");

        Map<String, Object> model = tree(run, "model/MLmodel");
        assertThat(model).containsEntry("run_id", run.id().value());
        assertThat(model.toString()).contains("mlflow.onnx", "model.onnx", "\"shape\":[-1,1,8,8]");
        assertThat(((Map<?, ?>) model.get("metadata")).get("classes")).isEqualTo(TestDatasets.CLASSES);
        assertThat(tags(run)).containsEntry("mlflow.source.type", "JOB").containsKey("mlflow.user");
        assertThat(tags(run)).doesNotContainKey("mlflow.source.git.commit");
    }

    @Test
    void aCheckoutIsToldOfWithWhatIsNotCommitted() throws IOException, InterruptedException {
        assumeThat(git("--version")).isZero();
        git("init", "--quiet", "--initial-branch", "trunk");
        git("remote", "add", "origin", "https://me:secret@example.org/digits.git");
        Files.writeString(checkout.resolve("pipeline.yml"), "steps: 1\n");
        git("add", ".");
        git("commit", "--quiet", "-m", "first");
        Path below = Files.createDirectory(checkout.resolve("below"));
        process = start(Map.of("slipway.training.source-folder", below.toString()));

        Entity<RunId, Run> clean = train();
        assertThat(tags(clean))
                .containsEntry("mlflow.source.git.branch", "trunk")
                .containsEntry("mlflow.source.git.dirty", "false")
                .containsEntry("mlflow.source.git.repoURL", "https://example.org/digits.git")
                .hasEntrySatisfying(
                        "mlflow.source.git.commit", commit -> assertThat(commit).matches("[0-9a-f]{40}"));
        assertThat(files(clean.id())).doesNotContain("diff.patch");

        Files.writeString(checkout.resolve("pipeline.yml"), "steps: 2\n");
        Entity<RunId, Run> dirty = train();
        assertThat(tags(dirty))
                .containsEntry("mlflow.source.git.dirty", "true")
                .containsEntry("mlflow.source.git.commit", tags(clean).get("mlflow.source.git.commit"));
        assertThat(new String(read(dirty, "diff.patch"), StandardCharsets.UTF_8))
                .contains("-steps: 1", "+steps: 2")
                .doesNotContain("\u001b");

        // The patch is one that git takes.
        Files.write(folder.resolve("diff.patch"), read(dirty, "diff.patch"));
        git("checkout", "--quiet", "pipeline.yml");
        assertThat(git("apply", folder.resolve("diff.patch").toString())).isZero();
        assertThat(checkout.resolve("pipeline.yml")).hasContent("steps: 2");
    }

    @Test
    void nobodyLooksIntoACheckoutWhenTheSettingsSaySo() throws IOException, InterruptedException {
        assumeThat(git("--version")).isZero();
        git("init", "--quiet");
        git("commit", "--quiet", "--allow-empty", "-m", "first");
        process = start(Map.of("slipway.training.git", "false"));

        assertThat(tags(train())).doesNotContainKey("mlflow.source.git.commit");
    }

    @Test
    void theMachinesLoadIsLoggedAsMlflowDoes() throws IOException {
        Path tools = tool("""
                #!/bin/sh
                case "$*" in
                *--query-gpu=index,name,driver_version,memory.used,memory.total,utilization.gpu,power.draw,power.limit*--format=csv,noheader,nounits*) ;;
                *) exit 2 ;;
                esac
                echo '0, NVIDIA H200, 570.86.15, 14377, 143771, 50, 350.25, 700.00'
                echo '1, Tesla T4, 570.86.15, 3, 15360, [N/A], [Not Supported], [N/A]'
                """);
        process = start(Map.of(
                "slipway.training.path", "/no/such/folder" + File.pathSeparator + tools,
                "slipway.training.system-metrics.interval", "20ms",
                "slipway.training.system-metrics.samples", "2"));

        Entity<RunId, Run> run = train();

        Map<String, Metric> latest = system(run);
        assertThat(latest)
                .containsKeys(
                        "cpu_utilization_percentage",
                        "system_memory_usage_megabytes",
                        "system_memory_usage_percentage",
                        "disk_usage_percentage",
                        "disk_usage_megabytes",
                        "disk_available_megabytes",
                        "network_receive_megabytes",
                        "network_transmit_megabytes",
                        "process_memory_usage_megabytes",
                        "jvm_heap_usage_megabytes");
        assertThat(latest.get("cpu_utilization_percentage").value()).isBetween(0.0, 100.0);
        assertThat(latest.get("system_memory_usage_percentage").value()).isBetween(0.1, 100.0);
        assertThat(latest.get("process_memory_usage_megabytes").value())
                .isGreaterThan(latest.get("jvm_heap_usage_megabytes").value());
        assertThat(latest.get("gpu_0_utilization_percentage").value()).isEqualTo(50);
        assertThat(latest.get("gpu_0_memory_usage_megabytes").value()).isEqualTo(15075.4);
        assertThat(latest.get("gpu_0_memory_usage_percentage").value()).isEqualTo(10);
        assertThat(latest.get("gpu_0_power_usage_watts").value()).isEqualTo(350.3);
        assertThat(latest.get("gpu_0_power_usage_percentage").value()).isEqualTo(50);
        assertThat(latest)
                .containsKey("gpu_1_memory_usage_megabytes")
                .doesNotContainKeys("gpu_1_utilization_percentage", "gpu_1_power_usage_watts");
        assertThat(process.call(() -> process.bean(TrainingApi.class)
                                .history(run.id(), "system/gpu_0_power_usage_watts", 1000, null))
                        .items())
                .extracting(Metric::step)
                .startsWith(0L)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(tree(run, "environment.json").get("graphicsProcessors").toString())
                .contains("NVIDIA H200", "Tesla T4", "570.86.15");
    }

    @Test
    void aGraphicsProcessorThatAnswersNonsenseHarmsNoTraining() throws IOException {
        process = start(Map.of(
                "slipway.training.path",
                tool("#!/bin/sh\necho 'NVIDIA-SMI has failed because it could not communicate with the driver.'\nexit 9\n")
                        .toString()));

        Entity<RunId, Run> run = train();

        assertThat(system(run)).containsKey("cpu_utilization_percentage");
        assertThat(system(run).keySet()).noneMatch(name -> name.startsWith("gpu"));
    }

    @Test
    void nothingIsMeasuredWhenTheSettingsSaySo() throws IOException {
        process = start(Map.of("slipway.training.system-metrics.enabled", "false"));

        assertThat(system(train())).isEmpty();
    }

    private TestProcess start(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("slipway.training.source-folder", checkout.toString());
        all.put("slipway.training.path", checkout.toString());
        all.putAll(settings);
        return new TestProcess(folder.resolve("data"), all);
    }

    private Entity<RunId, Run> train() {
        TrainingApi api = process.bean(TrainingApi.class);
        ExperimentId experiment = process.call(() -> api.createExperiment(new CreateExperiment("digits")))
                .id();
        DatasetVersionId version =
                process.call(() -> process.bean(TestDatasets.class).images(100));
        StartTraining request = new StartTraining(experiment, "run", version, NETWORK, SETTINGS, null);
        Entity<RunId, Run> started = process.call(() -> api.train(request));
        process.await(started.body().job());
        return process.call(() -> api.run(started.id()));
    }

    private Map<String, String> tags(Entity<RunId, Run> run) {
        return data(run).tags().stream().collect(Collectors.toMap(Param::key, Param::value));
    }

    /** The latest system metrics by name. */
    private Map<String, Metric> system(Entity<RunId, Run> run) {
        return data(run).metrics().stream()
                .filter(metric -> metric.key().startsWith("system/"))
                .collect(Collectors.toMap(metric -> metric.key().substring("system/".length()), metric -> metric));
    }

    private RunData data(Entity<RunId, Run> run) {
        return process.call(() -> process.bean(TrainingApi.class).data(List.of(run.id())))
                .get(0);
    }

    private List<String> files(RunId run) {
        String root = process.call(() -> process.bean(ArtifactsApi.class).home(run.value()))
                .uri()
                .substring("mlflow-artifacts:/".length());
        List<String> found = new ArrayList<>();
        collect(root, root.length() + 1, found);
        return found;
    }

    private void collect(String path, int prefix, List<String> found) {
        for (ArtifactInfo info : process.call(
                        () -> process.bean(ArtifactsApi.class).list(path, 1000, null))
                .items()) {
            if (info.artifact() == null) {
                collect(info.path(), prefix, found);
            } else {
                found.add(info.path().substring(prefix));
            }
        }
    }

    private ArtifactInfo artifact(Entity<RunId, Run> run, String path) {
        String root = process.call(
                        () -> process.bean(ArtifactsApi.class).home(run.id().value()))
                .uri()
                .substring("mlflow-artifacts:/".length());
        return process.call(() -> process.bean(ArtifactsApi.class).find(root + "/" + path));
    }

    private byte[] read(Entity<RunId, Run> run, String path) {
        return process.bean(ArtifactStore.class).read(artifact(run, path).artifact(), 1 << 20);
    }

    private Map<String, Object> tree(Entity<RunId, Run> run, String path) throws IOException {
        return process.bean(ObjectMapper.class).readValue(read(run, path), TREE);
    }

    /** A folder with a program of the name nvidia-smi. */
    private Path tool(String script) throws IOException {
        assumeThat(File.separatorChar).isEqualTo('/');
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Path program = Files.writeString(tools.resolve("nvidia-smi"), script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return tools;
    }

    /** Runs git in the checkout; its exit code. */
    private int git(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=test", "-c", "user.email=test@example.org"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(checkout.toFile());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return builder.start().waitFor();
    }
}
