package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs of the server that gets everything. */
final class TargetRuns {
    private static final int TEXTS = 100;
    private static final int POINTS = 1000;

    private final Rest rest;

    TargetRuns(Rest rest) {
        this.rest = rest;
    }

    /** Makes the run under its own id, or has it ready for more. */
    void open(SourceRun run, String experiment) {
        Map<String, Object> body = new HashMap<>();
        body.put("run_id", run.id());
        body.put("experiment_id", experiment);
        body.put("user_id", run.user());
        if (!run.name().isEmpty()) {
            body.put("run_name", run.name());
        }
        body.put("start_time", run.started() == null ? 0 : run.started());
        try {
            rest.post("runs/create", body);
        } catch (SlipwayException e) {
            if (e.kind() != ErrorKind.CONFLICT) {
                throw e;
            }
            if (Target.isDeleted(find(run.id()).orElseThrow(() -> e).object("info"))) {
                restore(run.id());
            }
        }
    }

    Optional<Json> find(String id) {
        return rest.find("runs/get", Map.of("run_id", id)).map(answer -> answer.object("run"));
    }

    void logTexts(SourceRun run) {
        Messages.parts(Messages.pairs(run.params()), TEXTS)
                .forEach(params -> rest.post("runs/log-batch", Map.of("run_id", run.id(), "params", params)));
        Map<String, String> tags = new HashMap<>(run.tags());
        // The run's name, which it has already.
        tags.remove(Target.NAME_TAG);
        Messages.parts(Messages.pairs(tags), TEXTS)
                .forEach(some -> rest.post("runs/log-batch", Map.of("run_id", run.id(), "tags", some)));
    }

    /** @param model that they were measured of, too; null for none */
    void logPoints(String run, List<SourcePoint> points, @Nullable String model) {
        Messages.parts(points, POINTS)
                .forEach(some -> rest.post(
                        "runs/log-batch",
                        Map.of(
                                "run_id",
                                run,
                                "metrics",
                                some.stream().map(point -> metric(point, model)).toList())));
    }

    private static Map<String, Object> metric(SourcePoint point, @Nullable String model) {
        Map<String, Object> metric = new HashMap<>(Map.of(
                "key", point.key(), "value", value(point), "timestamp", point.timestamp(), "step", point.step()));
        if (model != null) {
            metric.put("model_id", model);
        }
        if (point.datasetName() != null && point.datasetDigest() != null) {
            metric.put("dataset_name", point.datasetName());
            metric.put("dataset_digest", point.datasetDigest());
        }
        return metric;
    }

    private static Object value(SourcePoint point) {
        return Double.isFinite(point.value()) ? (Object) point.value() : Double.toString(point.value());
    }

    void logDatasets(SourceRun run) {
        Messages.parts(run.datasets(), POINTS)
                .forEach(some -> rest.post(
                        "runs/log-inputs",
                        Map.of(
                                "run_id",
                                run.id(),
                                "datasets",
                                some.stream().map(TargetRuns::dataset).toList())));
    }

    private static Map<String, Object> dataset(SourceRun.Dataset dataset) {
        Map<String, Object> told = new HashMap<>(Map.of(
                "name", dataset.name(),
                "digest", dataset.digest(),
                "source_type", dataset.sourceType(),
                "source", dataset.source()));
        if (dataset.schema() != null) {
            told.put("schema", dataset.schema());
        }
        if (dataset.profile() != null) {
            told.put("profile", dataset.profile());
        }
        return Map.of("dataset", told, "tags", Messages.pairs(dataset.tags()));
    }

    void logModels(String run, List<String> inputs, Map<String, Long> outputs) {
        if (!inputs.isEmpty()) {
            rest.post(
                    "runs/log-inputs",
                    Map.of(
                            "run_id",
                            run,
                            "models",
                            inputs.stream().map(id -> Map.of("model_id", id)).toList()));
        }
        if (!outputs.isEmpty()) {
            rest.post(
                    "runs/outputs",
                    Map.of(
                            "run_id",
                            run,
                            "models",
                            outputs.entrySet().stream()
                                    .map(output -> Map.of("model_id", output.getKey(), "step", output.getValue()))
                                    .toList()));
        }
    }

    void setStatus(SourceRun run) {
        Map<String, Object> body = new HashMap<>(Map.of("run_id", run.id(), "status", run.status()));
        if (run.ended() != null) {
            body.put("end_time", run.ended());
        }
        rest.post("runs/update", body);
    }

    void delete(String id) {
        rest.post("runs/delete", Map.of("run_id", id));
    }

    void restore(String id) {
        rest.post("runs/restore", Map.of("run_id", id));
    }
}
