package dev.slipway.standalone.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxWriter;
import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import dev.slipway.standalone.cli.CommandResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.tracking.MlflowClient;

/** What MLflow's clients log and register is converted, judged, released, and fetched by a build, whatever it is called. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LoggedModelToPhoneTest {
    private static final String MLMODEL = """
            flavors:
              onnx:
                data: model.onnx
            """;

    private static final String SET_POLICY = """
            mutation($model: ID!) { setModelPolicy(input: {model: $model, policy: {
              minimumAccuracy: 0, maximumParityError: 0.0001, maximumFileSize: "1000000", maximumAccuracyLoss: 1, targets: [TFLITE]
            }}) { policy { minimumAccuracy maximumFileSize targets } } }
            """;

    private SlipwayServer server;
    private MlflowClient client;
    private Calls calls;

    @BeforeAll
    void start(@TempDir Path data) {
        server = SlipwayServer.start(new ServerSettings("127.0.0.1", 0, data, ServerSettings.allServices()));
        client = new MlflowClient(server.uri().toString());
        calls = new Calls(server.uri());
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    private static byte[] classifier() {
        return OnnxWriter.write(OnnxGraphBuilder.named("classifier")
                .input("x", OnnxGraphBuilder.batch("N", 3))
                .initializer(OnnxTensor.float32("w", List.of(3, 2), new float[] {0.5f, -1, 2, 0.25f, 1, -0.5f}))
                .node("MatMul", List.of("x", "w"), "y")
                .node("Softmax", List.of("y"), "p", Map.of("axis", AttributeValue.integer(-1)))
                .output("p", OnnxGraphBuilder.batch("N", 2))
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"my model é", "größe 100% & <b>'q\" 模型 😀", "a+b=c?d#e;f,g\\h", "%2e%2e%2fup", "v1.0"})
    void fromLoggingToFetching(String name, @TempDir Path folder) throws Exception {
        RunInfo run = client.createRun("0");
        String root = run.getArtifactUri().substring("mlflow-artifacts:/".length());
        calls.put(root + "/model/model.onnx", classifier());
        calls.put(root + "/model/MLmodel", MLMODEL.getBytes(StandardCharsets.UTF_8));
        calls.post("registered-models/create", Map.of("name", name));
        calls.post(
                "model-versions/create",
                Map.of("name", name, "source", run.getArtifactUri() + "/model", "run_id", run.getRunId()));

        Json model = calls.ask(
                        "query($name: String!) { modelNamed(name: $name) { id versions { nodes { id onnx run { id } } } } }",
                        Map.of("name", name))
                .object("modelNamed");
        Json version = model.object("versions").objects("nodes").get(0);
        assertThat(version.text("onnx")).isNotNull();
        Json policy = calls.ask(SET_POLICY, Map.of("model", model.required("id")))
                .object("setModelPolicy")
                .object("policy");
        assertThat(policy.text("maximumFileSize")).isEqualTo("1000000");

        Map<String, Object> id = Map.of("id", version.required("id"));
        succeed(calls.ask(
                        "mutation($id: ID!) { startConversion(input: {modelVersion: $id, target: TFLITE}) { job { id } } }",
                        id)
                .object("startConversion")
                .object("job"));
        succeed(calls.ask(
                        "mutation($id: ID!) { releaseVersion(input: {modelVersion: $id, channel: \"beta\"}) { id } }",
                        id)
                .object("releaseVersion"));

        CommandResult fetched = CommandResult.of(
                "fetch",
                name,
                "--channel",
                "beta",
                "--server",
                server.uri().toString(),
                "-o",
                folder.toString(),
                "--json");
        assertThat(fetched.exitCode()).as(fetched.err()).isZero();
        Json told = new Json(fetched.json());
        assertThat(told.text("model")).isEqualTo(name);
        Path file = Path.of(told.objects("files").get(0).required("path"));
        assertThat(file.getParent()).isEqualTo(folder);
        assertThat(new String(Files.readAllBytes(file), 4, 4, StandardCharsets.US_ASCII))
                .isEqualTo("TFL3");
    }

    private void succeed(Json job) {
        Map<String, Object> id = Map.of("id", job.required("id"));
        Json seen;
        do {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            seen = calls.ask("query($id: ID!) { job(id: $id) { state failure { message } } }", id)
                    .object("job");
        } while (List.of("QUEUED", "RUNNING").contains(seen.required("state")));
        assertThat(seen.text("state")).as(seen.toString()).isEqualTo("SUCCEEDED");
    }
}
