package dev.slipway.training.mlflow;

import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.training.metric.RunMetrics;
import dev.slipway.training.run.LoggedData;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The tag in which clients of before version 3 list the models of a run. */
@Singleton
final class ModelHistory {
    private static final String TAG = "mlflow.log-model.history";
    private static final Set<String> NEEDED = Set.of("artifact_path", "flavors", "utc_time_created", "run_id");
    private static final Argument<Map<String, Object>> MODEL = Argument.mapOf(String.class, Object.class);
    private static final Argument<List<Object>> MODELS = Argument.listOf(Object.class);

    private final LoggedData data;
    private final RunMetrics log;
    private final ObjectMapper json;

    ModelHistory(LoggedData data, RunMetrics log, ObjectMapper json) {
        this.data = data;
        this.log = log;
        this.json = json;
    }

    /** Adds a model, described by JSON; {@code run.model-json} for what describes none. */
    void add(RunId run, String modelJson) {
        Map<String, Object> model = model(modelJson);
        Set<String> missing = new TreeSet<>(NEEDED);
        missing.removeAll(model.keySet());
        if (!missing.isEmpty()) {
            throw SlipwayException.invalid("run.model-json", "The model's JSON lacks " + missing + "; send them.");
        }
        List<Object> models = new ArrayList<>(before(run));
        models.add(model);
        log.log(run, new LogBatch(List.of(), List.of(), List.of(new Param(TAG, write(models)))));
    }

    private Map<String, Object> model(String modelJson) {
        try {
            Map<String, Object> model = json.readValue(modelJson, MODEL);
            if (model != null) {
                return model;
            }
        } catch (IOException e) {
            throw SlipwayException.invalid("run.model-json", "Malformed model info: it is no JSON object.", e);
        }
        throw SlipwayException.invalid("run.model-json", "Malformed model info: it is null.");
    }

    private List<Object> before(RunId run) {
        return LoggedData.data(run, data.facets(List.of(run)).get(run)).tags().stream()
                .filter(tag -> tag.key().equals(TAG))
                .findFirst()
                .map(tag -> read(tag.value()))
                .orElse(List.of());
    }

    private List<Object> read(String text) {
        try {
            return json.readValue(text, MODELS);
        } catch (IOException e) {
            throw SlipwayException.invalid(
                    "run.model-json", "The run's tag " + TAG + " is no JSON list; remove it first.", e);
        }
    }

    private String write(List<Object> models) {
        try {
            return json.writeValueAsString(MODELS, models);
        } catch (IOException e) {
            throw SlipwayException.internal("run.model-json", "Models have no JSON form.", e);
        }
    }
}
