package dev.slipway.training.train;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the files of a trained model together as MLflow's clients put those of an ONNX model, so that they can load it. */
@Singleton
final class ModelFiles {
    private static final String FOLDER = "model/";
    private static final String ONNX = "model.onnx";

    /** Where the ONNX file lies below the folder of its run. */
    static final String ONNX_PATH = FOLDER + ONNX;

    private final ArtifactStore artifacts;
    private final ObjectMapper json;
    private final InstantSource clock;

    ModelFiles(ArtifactStore artifacts, ObjectMapper json, InstantSource clock) {
        this.artifacts = artifacts;
        this.json = json;
        this.clock = clock;
    }

    /** @param classes by their indexes in the output */
    Map<String, Artifact> of(RunId run, NetworkPlan plan, List<String> classes, Artifact onnx) {
        Map<String, Artifact> files = new LinkedHashMap<>();
        files.put(ONNX_PATH, onnx);
        // YAML takes JSON as it is.
        byte[] description = write(description(run, plan, classes)).getBytes(StandardCharsets.UTF_8);
        files.put(FOLDER + "MLmodel", artifacts.put(description));
        return files;
    }

    private Map<String, Object> description(RunId run, NetworkPlan plan, List<String> classes) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("artifact_path", "model");
        description.put(
                "flavors",
                Map.of(
                        "onnx", Map.of("data", ONNX, "providers", List.of("CPUExecutionProvider")),
                        "python_function", Map.of("data", ONNX, "loader_module", "mlflow.onnx")));
        description.put("metadata", Map.of("classes", classes));
        description.put("run_id", run.value());
        description.put(
                "signature",
                Map.of(
                        "inputs", write(List.of(tensor(OnnxExport.INPUT, plan.inputShape()))),
                        "outputs", write(List.of(tensor(OnnxExport.OUTPUT, List.of(plan.classes()))))));
        description.put("utc_time_created", Instant.ofEpochMilli(clock.millis()).toString());
        return description;
    }

    /** Any number of samples of that shape. */
    private static Map<String, Object> tensor(String name, List<Integer> shape) {
        List<Integer> batch = new ArrayList<>(List.of(-1));
        batch.addAll(shape);
        return Map.of("name", name, "type", "tensor", "tensor-spec", Map.of("dtype", "float32", "shape", batch));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (IOException e) {
            throw SlipwayException.internal("training.model-file", "The description of a model has no JSON form.", e);
        }
    }
}
