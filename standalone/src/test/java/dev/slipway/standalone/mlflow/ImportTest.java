package dev.slipway.standalone.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import dev.slipway.standalone.cli.CommandProcess;
import dev.slipway.standalone.cli.CommandResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.ExperimentTag;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;

/** {@code slipway import mlflow} from a server that speaks MLflow's API: another Slipway. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ImportTest {
    private static final int MANY = 60;

    private SlipwayServer source;
    private SlipwayServer target;
    private MlflowClient from;
    private MlflowClient to;
    private Calls calls;

    @TempDir
    private Path journals;

    @BeforeAll
    void start(@TempDir Path sourceData, @TempDir Path targetData) {
        source = server(sourceData);
        target = server(targetData);
        from = new MlflowClient(source.uri().toString());
        to = new MlflowClient(target.uri().toString());
        calls = new Calls(source.uri());
    }

    private static SlipwayServer server(Path data) {
        return SlipwayServer.start(new ServerSettings("127.0.0.1", 0, data, ServerSettings.allServices()));
    }

    @AfterAll
    void stop() {
        from.close();
        to.close();
        source.close();
        target.close();
    }

    private CommandResult run(String... more) {
        return CommandResult.of(Stream.of(
                        Stream.of("import", "mlflow", source.uri().toString(), "--json"),
                        Stream.of("--server", target.uri().toString()),
                        Stream.of(more).anyMatch("--journal"::equals)
                                ? Stream.<String>empty()
                                : Stream.of(
                                        "--journal", journals.resolve("journal").toString()),
                        Arrays.stream(more))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }

    private static long count(CommandResult result, String kind, String side) {
        return new Json(result.json()).object("counts").object(kind).number(side, -1);
    }

    private static void complete(CommandResult result) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        Json counts = new Json(result.json()).object("counts");
        for (Kind kind : Kind.values()) {
            Json sides = counts.object(kind.plural().replace(' ', '-'));
            assertThat(sides.number("target")).as(kind.plural()).isEqualTo(sides.number("source"));
        }
    }

    @Test
    void everythingOfARunArrivesOnceUnderItsOwnId() throws Exception {
        String experiment = from.createExperiment("all of a run");
        from.setExperimentTag(experiment, "owner", "größe");
        RunInfo parent = from.createRun(experiment);
        RunInfo run = from.createRun(experiment);
        String id = run.getRunId();
        from.setTag(id, "mlflow.parentRunId", parent.getRunId());
        from.logParam(id, "a/b", "1\n2");
        for (int step = 0; step < 5; step++) {
            from.logMetric(id, "loss", step == 3 ? Double.NaN : 1.0 / (step + 1), 1000 + step, step);
        }
        from.logMetric(id, "loss", Double.POSITIVE_INFINITY, 1000, 0);
        calls.post(
                "runs/log-inputs",
                Map.of(
                        "run_id",
                        id,
                        "datasets",
                        List.of(Map.of(
                                "dataset",
                                Map.of("name", "d", "digest", "abc", "source_type", "local", "source", "{}"),
                                "tags",
                                List.of(Map.of("key", "mlflow.data.context", "value", "training"))))));
        String root = run.getArtifactUri().substring("mlflow-artifacts:/".length());
        calls.put(root + "/folder/gr%C3%B6%C3%9Fe%201%3B2.txt", "hello".getBytes(StandardCharsets.UTF_8));
        calls.put(root + "/empty", new byte[0]);
        from.setTerminated(id, RunStatus.FAILED, 1_700_000_000_000L);
        from.deleteRun(parent.getRunId());

        CommandResult first = run("--experiment", "all of a run");
        complete(first);
        assertThat(count(first, "runs", "source")).isEqualTo(2);
        assertThat(count(first, "metric-values", "source")).isEqualTo(6);
        assertThat(count(first, "artifacts", "source")).isEqualTo(2);
        assertThat(count(first, "data-sets-of-runs", "source")).isEqualTo(1);

        Run read = to.getRun(id);
        assertThat(read.getInfo().getStatus()).isEqualTo(RunStatus.FAILED);
        assertThat(read.getInfo().getEndTime()).isEqualTo(1_700_000_000_000L);
        assertThat(read.getInfo().getStartTime())
                .isEqualTo(from.getRun(id).getInfo().getStartTime());
        assertThat(read.getInfo().getRunName())
                .isEqualTo(from.getRun(id).getInfo().getRunName());
        assertThat(read.getData().getParams(0).getValue()).isEqualTo("1\n2");
        assertThat(to.getMetricHistory(id, "loss"))
                .extracting(Metric::getValue)
                .containsExactlyElementsOf(from.getMetricHistory(id, "loss").stream()
                        .map(Metric::getValue)
                        .toList());
        assertThat(to.getRun(parent.getRunId()).getInfo().getLifecycleStage()).isEqualTo("deleted");
        assertThat(new Calls(target.uri())
                        .text("/get-artifact?run_id=" + id + "&path=folder/gr%C3%B6%C3%9Fe%201%3B2.txt"))
                .isEqualTo("hello");
        Map<String, String> tags = tags("all of a run");
        assertThat(tags)
                .containsValue("größe")
                .containsEntry("slipway.import.source", source.uri().toString())
                .containsEntry(
                        "slipway.import.created",
                        Instant.ofEpochMilli(from.getExperimentByName("all of a run")
                                        .orElseThrow()
                                        .getCreationTime())
                                .toString())
                .containsKey("slipway.import.updated");

        complete(run("--experiment", "all of a run"));
        complete(run(
                "--experiment",
                "all of a run",
                "--journal",
                journals.resolve("another").toString()));
        assertThat(to.getMetricHistory(id, "loss")).hasSize(6);

        from.logParam(parentRestored(parent), "late", "x");
        complete(run("--experiment", "all of a run"));
        assertThat(to.getRun(parent.getRunId()).getData().getParams(0).getKey()).isEqualTo("late");
        assertThat(to.getRun(parent.getRunId()).getInfo().getLifecycleStage()).isEqualTo("active");
    }

    private Map<String, String> tags(String experiment) {
        return to.getExperimentByName(experiment).orElseThrow().getTagsList().stream()
                .collect(Collectors.toMap(ExperimentTag::getKey, ExperimentTag::getValue));
    }

    private String parentRestored(RunInfo parent) {
        from.restoreRun(parent.getRunId());
        return parent.getRunId();
    }

    @Test
    void modelsKeepTheirNumbersAndAddresses() {
        String experiment = from.createExperiment("with models");
        RunInfo run = from.createRun(experiment);
        Map<String, Object> logged =
                calls.post("logged-models", Map.of("experiment_id", experiment, "source_run_id", run.getRunId()));
        Json info = new Json(logged).object("model").object("info");
        String model = info.required("model_id");
        calls.put(
                info.required("artifact_uri").substring("mlflow-artifacts:/".length()) + "/MLmodel",
                "flavors: {}".getBytes(StandardCharsets.UTF_8));
        calls.post("runs/outputs", Map.of("run_id", run.getRunId(), "models", List.of(Map.of("model_id", model))));
        calls.post(
                "runs/log-batch",
                Map.of(
                        "run_id",
                        run.getRunId(),
                        "metrics",
                        List.of(Map.of("key", "acc", "value", 0.5, "timestamp", 1, "step", 1, "model_id", model))));
        String name = "my model é'";
        calls.post("registered-models/create", Map.of("name", name, "description", "text"));
        calls.post(
                "model-versions/create",
                Map.of("name", name, "source", run.getArtifactUri() + "/m", "run_id", run.getRunId()));
        calls.post("model-versions/create", Map.of("name", name, "source", "s3://bucket/gone"));
        calls.post(
                "model-versions/create",
                Map.of("name", name, "source", "models:/" + model, "run_id", run.getRunId(), "model_id", model));
        new Rest(source.uri(), Optional.empty())
                .send("DELETE", "model-versions/delete", Map.of("name", name, "version", "2"));
        calls.post("model-versions/set-tag", Map.of("name", name, "version", "3", "key", "k", "value", "v"));
        calls.post("model-versions/transition-stage", Map.of("name", name, "version", "1", "stage", "Staging"));
        calls.post("registered-models/alias", Map.of("name", name, "alias", "champion", "version", "3"));

        CommandResult first = run("--experiment", "with models");
        complete(first);
        assertThat(count(first, "model-versions", "source")).isEqualTo(2);
        assertThat(count(first, "aliases", "source")).isEqualTo(1);
        complete(run("--experiment", "with models"));

        Target read = new Target(new Rest(target.uri(), Optional.empty()));
        assertThat(read.models().version(name, 2)).isEmpty();
        assertThat(read.models().version(name, 1)).hasValueSatisfying(version -> {
            assertThat(version.text("current_stage")).isEqualTo("Staging");
            assertThat(version.text("source"))
                    .isEqualTo(to.getRun(run.getRunId()).getInfo().getArtifactUri() + "/m");
        });
        assertThat(read.models().version(name, 3)).hasValueSatisfying(version -> {
            assertThat(version.text("source")).isEqualTo("models:/" + model);
            assertThat(version.texts("tags"))
                    .containsEntry("k", "v")
                    .containsKeys("slipway.import.created", "slipway.import.updated");
            assertThat(version.text("model_id")).isEqualTo(model);
        });
        assertThat(read.models().find(name).orElseThrow().texts("tags"))
                .containsKeys("slipway.import.created", "slipway.import.updated");
        Json there = read.loggedModels().find(model).orElseThrow();
        assertThat(there.object("info").text("source_run_id")).isEqualTo(run.getRunId());
        assertThat(there.object("data").objects("metrics")).hasSize(1);
        assertThat(to.getMetricHistory(run.getRunId(), "acc")).hasSize(1);
    }

    @Test
    void aModelOfTheSameNameFromElsewhereIsLeftAsItIs() {
        String experiment = from.createExperiment("same name");
        RunInfo run = from.createRun(experiment);
        Map<String, Object> model = Map.of("name", "taken");
        calls.post("registered-models/create", model);
        calls.post(
                "model-versions/create",
                Map.of("name", "taken", "source", run.getArtifactUri() + "/m", "run_id", run.getRunId()));
        new Calls(target.uri()).post("registered-models/create", model);

        CommandResult result = run("--experiment", "same name");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.error()).containsEntry("code", "import.incomplete");
        assertThat(result.json().get("failures").toString()).contains("taken", "import.model-exists");
        assertThat(count(result, "runs", "target")).isEqualTo(1);
    }

    @Test
    void aDeletedExperimentIsDeletedThereToo() {
        String experiment = from.createExperiment("gone");
        String run = from.createRun(experiment).getRunId();
        from.deleteExperiment(experiment);

        complete(run("--experiment", "gone"));
        complete(run("--experiment", "gone"));

        assertThat(to.getExperimentByName("gone").orElseThrow().getLifecycleStage())
                .isEqualTo("deleted");
        assertThat(to.getRun(run).getInfo().getLifecycleStage()).isEqualTo("deleted");
    }

    @Test
    void idsAndNumbersThatAreTakenAreToldAndOthersAreRefused() {
        Rest rest = new Rest(target.uri(), Optional.empty());
        String id = "00112233445566778899aabbccddeeff";
        rest.post("runs/create", Map.of("run_id", id, "experiment_id", "0"));
        taken(() -> rest.post("runs/create", Map.of("run_id", id, "experiment_id", "0")));
        String model = "m-ff112233445566778899aabbccddeeff";
        rest.post("logged-models", Map.of("model_id", model, "experiment_id", "0"));
        taken(() -> rest.post("logged-models", Map.of("model_id", model, "experiment_id", "0")));
        taken(() -> rest.post("logged-models", Map.of("model_id", "m-" + id, "experiment_id", "0")));
        taken(() -> rest.post("runs/create", Map.of("run_id", model.substring(2), "experiment_id", "0")));
        rest.post("registered-models/create", Map.of("name", "numbered"));
        Map<String, Object> fifth = Map.of("name", "numbered", "source", "s3://b/m", "version", "5");
        rest.post("model-versions/create", fifth);
        taken(() -> rest.post("model-versions/create", fifth));
        assertThat(rest.post("model-versions/create", Map.of("name", "numbered", "source", "s3://b/m"))
                        .object("model_version")
                        .text("version"))
                .isEqualTo("6");
        for (String bad : List.of("", "x", id.toUpperCase(Locale.ROOT), "../" + id, id + "0")) {
            invalid(() -> rest.post("runs/create", Map.of("run_id", bad, "experiment_id", "0")));
            invalid(() -> rest.post("logged-models", Map.of("model_id", bad, "experiment_id", "0")));
        }
        for (String bad : List.of("0", "-1", "x", "99999999999")) {
            invalid(() -> rest.post(
                    "model-versions/create", Map.of("name", "numbered", "source", "s3://b/m", "version", bad)));
        }
    }

    private static void taken(ThrowingCallable call) {
        assertThat(catchThrowableOfType(SlipwayException.class, call).kind()).isEqualTo(ErrorKind.CONFLICT);
    }

    private static void invalid(ThrowingCallable call) {
        assertThat(catchThrowableOfType(SlipwayException.class, call).kind()).isEqualTo(ErrorKind.INVALID);
    }

    @Test
    void aDryRunChangesNothing() {
        String experiment = from.createExperiment("dry");
        from.logMetric(from.createRun(experiment).getRunId(), "m", 1);

        CommandResult result = run("--experiment", "dry", "--dry-run");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(count(result, "metric-values", "source")).isEqualTo(1);
        assertThat(to.getExperimentByName("dry")).isEmpty();
        assertThat(journals.resolve("journal")).doesNotExist();
    }

    @Test
    void whatIsNotThereIsTold() {
        CommandResult unknown = run("--experiment", "no such");
        assertThat(unknown.exitCode()).isEqualTo(4);
        assertThat(unknown.error()).containsEntry("code", "import.unknown-experiment");
        for (String address : List.of("/no/such/folder", "http://", "ftp://host/x", journals.toString())) {
            CommandResult result = CommandResult.of(
                    "import",
                    "mlflow",
                    address,
                    "--json",
                    "--server",
                    target.uri().toString());
            assertThat(result.exitCode()).as(address + result.err()).isBetween(3, 4);
        }
    }

    @Test
    void killedOnTheWayItGoesOn() throws Exception {
        String experiment = from.createExperiment("killed");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            RunInfo run = from.createRun(experiment);
            ids.add(run.getRunId());
            from.logParam(run.getRunId(), "i", Integer.toString(i));
            from.logMetric(run.getRunId(), "m", i);
            calls.put(
                    run.getArtifactUri().substring("mlflow-artifacts:/".length()) + "/file",
                    ("content " + i).getBytes(StandardCharsets.UTF_8));
        }
        Path journal = journals.resolve("killed.journal");
        String[] command = {
            "import",
            "mlflow",
            source.uri().toString(),
            "--server",
            target.uri().toString(),
            "--experiment",
            "killed",
            "--journal",
            journal.toString(),
            "--parallel",
            "2",
            "--json"
        };
        CommandProcess process = CommandProcess.start(journals, Map.of(), command);
        try {
            while (lines(journal) < 10) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        } finally {
            // Which is SIGKILL.
            process.close();
        }
        long before = lines(journal);

        CommandResult second = CommandResult.of(command);
        while (second.err().contains("import.journal-taken")) {
            // The process is not quite dead yet.
            second = CommandResult.of(command);
        }

        complete(second);
        assertThat(count(second, "runs", "source")).isEqualTo(MANY);
        assertThat(lines(journal)).isGreaterThan(before);
        for (String id : ids) {
            assertThat(to.getMetricHistory(id, "m")).hasSize(1);
        }
        String there = to.getExperimentByName("killed").orElseThrow().getExperimentId();
        assertThat(to.searchRuns(List.of(there), "", ViewType.ALL, 1000).getItems())
                .hasSize(MANY);
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file).lines().count() : 0;
    }
}
