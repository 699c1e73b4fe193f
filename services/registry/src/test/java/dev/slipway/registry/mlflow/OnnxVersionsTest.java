package dev.slipway.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.conversion.Target;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.SetPolicy;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import dev.slipway.onnx.OnnxWriter;
import dev.slipway.registry.KnownArtifacts;
import dev.slipway.registry.TestProcess;
import dev.slipway.registry.mlflow.MlflowCalls.Answer;
import dev.slipway.store.artifact.ArtifactStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ONNX models that MLflow's clients have logged become versions that can be converted and delivered. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnnxVersionsTest {
    private static final String RUN = "0123";

    private TestProcess process;
    private MlflowCalls mlflow;

    @BeforeAll
    void start(@TempDir Path data) {
        process = TestProcess.start(data, Map.of("micronaut.server.port", -1, "micronaut.server.host", "127.0.0.1"));
        mlflow = new MlflowCalls(process);
    }

    @AfterAll
    void stop() {
        process.close();
    }

    private static OnnxModel classifier(int features) {
        float[] weights = new float[features * 3];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i % 4 - 1.5f;
        }
        return OnnxGraphBuilder.named("linear")
                .input("features", OnnxGraphBuilder.batch("N", features))
                .initializer("weights", new Tensor(List.of(features, 3), weights))
                .node("MatMul", List.of("features", "weights"), "scores")
                .output("scores", OnnxGraphBuilder.batch("N", 3))
                .build();
    }

    private void log(String folder, String file, String content) {
        log(folder, file, content.getBytes(StandardCharsets.UTF_8));
    }

    private void log(String folder, String file, byte[] content) {
        KnownArtifacts tree = process.bean(KnownArtifacts.class);
        process.as(Role.ADMIN, registry -> {
            tree.add(path(folder) + "/" + file, content);
            return tree;
        });
    }

    private static String path(String folder) {
        return "7/" + RUN + "/artifacts/" + folder;
    }

    private ModelVersion register(String name, String folder, Map<String, String> tags) {
        mlflow.post("registered-models/create", Map.of("name", name));
        Map<String, Object> body = new HashMap<>();
        body.put("name", name);
        body.put("source", "mlflow-artifacts:/" + path(folder));
        body.put("run_id", RUN);
        body.put(
                "tags",
                tags.entrySet().stream()
                        .map(tag -> Map.of("key", tag.getKey(), "value", tag.getValue()))
                        .toList());
        Answer answer = mlflow.post("model-versions/create", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return newest(name).body();
    }

    private Entity<ModelVersionId, ModelVersion> newest(String name) {
        return process.as(Role.VIEWER, registry -> registry.listVersions(
                        registry.modelNamed(name).id(), 1, null)
                .items()
                .get(0));
    }

    private static final String MLMODEL =
            "flavors:\n  onnx:\n    data: model.onnx\n    onnx_version: 1.19.0\nmetadata:\n  classes: [cat, dog, cow]\n";

    @Test
    void anOnnxFlavourIsTheModelItself() {
        byte[] onnx = OnnxWriter.write(classifier(4));
        log("plain", "MLmodel", MLMODEL);
        log("plain", "model.onnx", onnx);

        ModelVersion version = register("plain", "plain", Map.of());

        assertThat(version.onnx()).isEqualTo(Digest.of(onnx));
        assertThat(version.inputShape()).containsExactly(4);
        assertThat(version.classes()).containsExactly("cat", "dog", "cow");
        assertThat(version.details().statusMessage()).isNull();
        assertThat(register("plain", "plain", Map.of("slipway.classes", "a, b, c"))
                        .classes())
                .containsExactly("a", "b", "c");
    }

    @Test
    void weightsBesideTheModelAreTakenIntoIt(@TempDir Path folder) throws IOException {
        OnnxModel model = classifier(400);
        OnnxWriter.write(model, folder.resolve("model.onnx"), 1024);
        log("large", "MLmodel", MLMODEL.replaceAll("metadata(?s:.*)", ""));
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                log("large", file.getFileName().toString(), Files.readAllBytes(file));
            }
        }

        ModelVersion version = register("large", "large", Map.of());

        assertThat(version.details().statusMessage()).isNull();
        OnnxModel whole = OnnxReader.read(process.bean(ArtifactStore.class).read(version.requireOnnx(), 1 << 20));
        assertThat(whole.graph().initializers()).hasSize(1);
        assertThat(version.inputShape()).containsExactly(400);
        assertThat(version.classes()).containsExactly("0", "1", "2");
    }

    @Test
    void otherFlavoursAreRegisteredAllTheSame() {
        log("trees", "MLmodel", "flavors:\n  sklearn:\n    pickled_model: model.pkl\n");
        ModelVersion version = register("trees", "trees", Map.of());
        assertThat(version.onnx()).isNull();
        assertThat(version.details().statusMessage()).isNull();
        assertThat(process.release(newest("trees").id(), "production"))
                .hasValueSatisfying(failure -> assertThat(failure.code()).isEqualTo("model-version.no-onnx"));
    }

    @Test
    void whatIsWrongWithAnOnnxModelIsToldWithTheVersion() {
        log("broken", "MLmodel", MLMODEL);
        log("broken", "model.onnx", "no model");
        ModelVersion version = register("broken", "broken", Map.of());
        assertThat(version.onnx()).isNull();
        assertThat(version.details().statusMessage()).isNotBlank();
        assertThat(mlflow.get("model-versions/get", "name", "broken", "version", "1")
                        .at("model_version.status_message"))
                .isEqualTo(version.details().statusMessage());

        log("lacking", "MLmodel", MLMODEL);
        assertThat(register("lacking", "lacking", Map.of()).details().statusMessage())
                .contains("model.onnx", "not logged");
        log("climbing", "MLmodel", MLMODEL.replace("model.onnx", "../../secret"));
        assertThat(register("climbing", "climbing", Map.of()).details().statusMessage())
                .contains("no file beside it");
        log("nonsense", "MLmodel", "{{{{");
        assertThat(register("nonsense", "nonsense", Map.of()).details().statusMessage())
                .contains("MLmodel");
    }

    @Test
    void itIsJudgedAndReleasedLikeAnyOther() {
        log("shipped", "MLmodel", MLMODEL);
        log("shipped", "model.onnx", OnnxWriter.write(classifier(4)));
        register("shipped", "shipped", Map.of());
        Entity<ModelVersionId, ModelVersion> version = newest("shipped");
        process.attach(version.id(), process.file(Target.ORT, new byte[] {1, 2, 3}, 0));

        assertThat(process.release(version.id(), "production"))
                .hasValueSatisfying(
                        failure -> assertThat(failure.getMessage()).contains("no pinned test set", "accuracy of 0"));

        ModelId model = version.body().model();
        process.as(
                Role.ENGINEER,
                registry -> registry.setPolicy(
                        model, new SetPolicy(new GatePolicy(0, 1e-4, 1000, 1, Set.of(Target.ORT)), null)));
        assertThat(process.release(version.id(), "production")).isEmpty();

        Answer refused = mlflow.delete("model-versions/delete", Map.of("name", "shipped", "version", "1"));
        assertThat(refused.error()).isEqualTo("INVALID_STATE");
        assertThat(refused.at("message").toString()).contains("channel 'production'");
        assertThat(mlflow.delete("registered-models/delete", Map.of("name", "shipped"))
                        .error())
                .isEqualTo("INVALID_STATE");
        assertThat(mlflow.post("registered-models/rename", Map.of("name", "shipped", "new_name", "other"))
                        .error())
                .isEqualTo("INVALID_STATE");

        register("shipped", "shipped", Map.of());
        Answer moved = mlflow.post(
                "registered-models/alias", Map.of("name", "shipped", "alias", "production", "version", "2"));
        assertThat(moved.error()).isEqualTo("INVALID_STATE");
        assertThat(moved.at("message").toString()).contains("release");
        assertThat(mlflow.delete("registered-models/alias", Map.of("name", "shipped", "alias", "production"))
                        .error())
                .isEqualTo("INVALID_STATE");
        assertThat(mlflow.post(
                                "registered-models/alias",
                                Map.of("name", "shipped", "alias", "candidate", "version", "2"))
                        .status())
                .isEqualTo(200);
    }
}
