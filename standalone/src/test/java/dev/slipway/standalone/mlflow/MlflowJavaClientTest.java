package dev.slipway.standalone.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.ModelRegistry.RegisteredModel;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.RunsPage;

/** MLflow's own client for Java, against a whole server. */
class MlflowJavaClientTest {
    @TempDir
    static Path data;

    static SlipwayServer server;
    static MlflowClient client;

    @BeforeAll
    static void start() {
        server = SlipwayServer.start(new ServerSettings("127.0.0.1", 0, data, ServerSettings.allServices()));
        client = new MlflowClient(server.uri().toString());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void aRunIsLoggedAndReadBack() {
        String experiment = client.createExperiment("java run");
        RunInfo run = client.createRun(experiment);
        String id = run.getRunId();
        client.logParam(id, "rate", "0.1");
        client.logMetric(id, "loss", 0.5, 1000, 1);
        client.logMetric(id, "loss", Double.NaN, 2000, 2);
        client.setTag(id, "team", "a");
        client.logBatch(
                id,
                List.of(metric("accuracy", 0.25, 1), metric("accuracy", Double.POSITIVE_INFINITY, 2)),
                List.of(Param.newBuilder().setKey("depth").setValue("3").build()),
                List.of(RunTag.newBuilder().setKey("other").setValue("b").build()));
        client.setTerminated(id, RunStatus.FINISHED, 1_700_000_000_000L);

        Run read = client.getRun(id);
        assertThat(read.getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
        assertThat(read.getInfo().getEndTime()).isEqualTo(1_700_000_000_000L);
        assertThat(read.getInfo().getExperimentId()).isEqualTo(experiment);
        assertThat(read.getData().getParamsList())
                .extracting(Param::getKey, Param::getValue)
                .containsExactlyInAnyOrder(tuple("rate", "0.1"), tuple("depth", "3"));
        assertThat(read.getData().getTagsList()).extracting(RunTag::getKey).contains("team", "other");
        assertThat(read.getData().getMetricsList())
                .extracting(Metric::getKey, Metric::getValue, Metric::getStep)
                .containsExactlyInAnyOrder(
                        tuple("loss", Double.NaN, 2L), tuple("accuracy", Double.POSITIVE_INFINITY, 2L));
        assertThat(client.getMetricHistory(id, "loss"))
                .extracting(Metric::getValue)
                .containsExactly(0.5, Double.NaN);
    }

    private static Metric metric(String key, double value, long step) {
        return Metric.newBuilder()
                .setKey(key)
                .setValue(value)
                .setTimestamp(1000 + step)
                .setStep(step)
                .build();
    }

    @Test
    void runsAreSearchedInPages() {
        String experiment = client.createExperiment("java search");
        for (int i = 0; i < 7; i++) {
            String run = client.createRun(experiment).getRunId();
            client.logMetric(run, "m", i);
            if (i == 6) {
                client.deleteRun(run);
            }
        }
        RunsPage page = client.searchRuns(
                List.of(experiment), "metrics.m >= 1", ViewType.ACTIVE_ONLY, 2, List.of("metrics.m DESC"));
        assertThat(page.getItems())
                .extracting(run -> run.getData().getMetrics(0).getValue())
                .containsExactly(5.0, 4.0);
        assertThat(page.hasNextPage()).isTrue();
        assertThat(page.getNextPage().getItems()).hasSize(2);
        assertThat(client.searchRuns(List.of(experiment), "", ViewType.DELETED_ONLY, 10)
                        .getItems())
                .hasSize(1);
    }

    @Test
    void experimentsAreRenamedDeletedAndRestored() {
        assertThat(client.getExperiment("0").getName()).isEqualTo("Default");
        String id = client.createExperiment("java experiment");
        client.setExperimentTag(id, "owner", "x");
        client.renameExperiment(id, "java experiment, renamed");
        assertThat(client.getExperimentByName("java experiment")).isEmpty();
        assertThat(client.getExperimentByName("java experiment, renamed"))
                .hasValueSatisfying(found -> assertThat(found.getTagsList()).hasSize(1));
        client.deleteExperiment(id);
        assertThat(client.getExperiment(id).getLifecycleStage()).isEqualTo("deleted");
        client.restoreExperiment(id);
        assertThat(client.getExperiment(id).getLifecycleStage()).isEqualTo("active");
        assertThat(client.searchExperiments("name = 'java experiment, renamed'").getItems())
                .hasSize(1);
    }

    @Test
    void errorsAreThoseThatTheClientKnows() {
        client.createExperiment("java twice");
        assertThatThrownBy(() -> client.createExperiment("java twice"))
                .isInstanceOf(MlflowHttpException.class)
                .hasMessageContaining("400")
                .satisfies(e ->
                        assertThat(((MlflowHttpException) e).getBodyMessage()).contains("RESOURCE_ALREADY_EXISTS"));
        assertThatThrownBy(() -> client.getRun("01a200a14892718bbb11076fe2d2ccbb"))
                .satisfies(e ->
                        assertThat(((MlflowHttpException) e).getBodyMessage()).contains("RESOURCE_DOES_NOT_EXIST"));
        String run = client.createRun(client.createExperiment("java errors")).getRunId();
        client.logParam(run, "p", "1");
        client.logParam(run, "p", "1");
        assertThatThrownBy(() -> client.logParam(run, "p", "2"))
                .satisfies(e ->
                        assertThat(((MlflowHttpException) e).getBodyMessage()).contains("INVALID_PARAMETER_VALUE"));
    }

    @Test
    void registeredModelsAreReadAsTheClientReadsThem() {
        RunInfo run = client.createRun(client.createExperiment("java models"));
        client.sendPost("registered-models/create", "{\"name\": \"java model\"}");
        client.sendPost("model-versions/create", """
                {"name": "java model", "source": "%s/model", "run_id": "%s"}
                """.formatted(run.getArtifactUri(), run.getRunId()));
        RegisteredModel model = client.getRegisteredModel("java model");
        assertThat(model.getName()).isEqualTo("java model");
        assertThat(client.getModelVersion("java model", "1").getStatus().name()).isEqualTo("READY");
        assertThat(client.getLatestVersions("java model")).hasSize(1);
        assertThat(client.getModelVersionDownloadUri("java model", "1")).startsWith("mlflow-artifacts:/");
        assertThat(client.searchModelVersions("name = 'java model'").getItems()).hasSize(1);
    }
}
