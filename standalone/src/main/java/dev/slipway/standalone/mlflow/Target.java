package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Slipway server that gets everything. Whatever is done twice is there once. */
final class Target {
    /** Which source something came from: the tag of experiments and registered models that the import made. */
    static final String MARK = "slipway.import.source";

    /** Keys of tags that begin so are not the source's. */
    static final String OWN_TAGS = "slipway.";

    static final String NAME_TAG = "mlflow.runName";
    private static final String DEFAULT = "0";
    private static final int TEXTS = 100;
    private static final int POINTS = 1000;
    private static final String SERVED = "mlflow-artifacts:/";
    private static final Pattern SLASH = Pattern.compile("/");

    private final Rest rest;

    Target(Rest rest) {
        this.rest = rest;
    }

    String name() {
        return rest.address();
    }

    /** The id of the experiment of that name, made unless it is there, restored if the import has deleted it. */
    String experiment(SourceExperiment wanted, String source) {
        Optional<Json> there = wanted.id().equals(DEFAULT)
                ? Optional.of(rest.get("experiments/get", Map.of("experiment_id", DEFAULT)))
                : rest.find("experiments/get-by-name", Map.of("experiment_name", wanted.name()));
        if (there.isEmpty()) {
            Map<String, String> tags = new HashMap<>(wanted.tags());
            tags.put(MARK, source);
            return rest.post("experiments/create", Map.of("name", wanted.name(), "tags", pairs(tags)))
                    .required("experiment_id");
        }
        Json experiment = there.get().object("experiment");
        String id = experiment.required("experiment_id");
        Map<String, String> known = experiment.texts("tags");
        if (isDeleted(experiment)) {
            if (!source.equals(known.get(MARK))) {
                throw SlipwayException.conflict(
                        "import.experiment-deleted",
                        "The experiment '" + wanted.name() + "' is deleted at " + name()
                                + "; restore or rename it there.");
            }
            rest.post("experiments/restore", Map.of("experiment_id", id));
        }
        wanted.tags().forEach((key, value) -> {
            if (!value.equals(known.get(key))) {
                rest.post("experiments/set-experiment-tag", Map.of("experiment_id", id, "key", key, "value", value));
            }
        });
        return id;
    }

    void deleteExperiment(String id) {
        rest.post("experiments/delete", Map.of("experiment_id", id));
    }

    /** Makes the run under its own id, or has it ready for more. */
    void openRun(SourceRun run, String experiment) {
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
            if (isDeleted(run(run.id()).orElseThrow(() -> e).object("info"))) {
                restoreRun(run.id());
            }
        }
    }

    Optional<Json> run(String id) {
        return rest.find("runs/get", Map.of("run_id", id)).map(answer -> answer.object("run"));
    }

    void logTexts(SourceRun run) {
        parts(pairs(run.params()), TEXTS)
                .forEach(params -> rest.post("runs/log-batch", Map.of("run_id", run.id(), "params", params)));
        Map<String, String> tags = new HashMap<>(run.tags());
        // The run's name, which it has already.
        tags.remove(NAME_TAG);
        parts(pairs(tags), TEXTS)
                .forEach(some -> rest.post("runs/log-batch", Map.of("run_id", run.id(), "tags", some)));
    }

    /** @param model that they were measured of, too; null for none */
    void logPoints(String run, List<SourcePoint> points, @Nullable String model) {
        parts(points, POINTS)
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
        parts(run.datasets(), POINTS)
                .forEach(some -> rest.post(
                        "runs/log-inputs",
                        Map.of(
                                "run_id",
                                run.id(),
                                "datasets",
                                some.stream().map(Target::dataset).toList())));
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
        return Map.of("dataset", told, "tags", pairs(dataset.tags()));
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

    void deleteRun(String id) {
        rest.post("runs/delete", Map.of("run_id", id));
    }

    void restoreRun(String id) {
        rest.post("runs/restore", Map.of("run_id", id));
    }

    /** A client that reads it back as it reads any server. */
    Source asSource() {
        return new RestSource(rest);
    }

    Optional<Json> loggedModel(String id) {
        return rest.find("logged-models/" + id, Map.of()).map(answer -> answer.object("model"));
    }

    /** Makes the model under its own id, unless it is there. */
    void openLoggedModel(SourceLoggedModel model, String experiment, boolean withRun) {
        Map<String, Object> body = new HashMap<>();
        body.put("model_id", model.id());
        body.put("experiment_id", experiment);
        body.put("name", model.name());
        body.put("params", pairs(model.params()));
        body.put("tags", pairs(model.tags()));
        if (model.type() != null) {
            body.put("model_type", model.type());
        }
        if (withRun && model.run() != null) {
            body.put("source_run_id", model.run());
        }
        if (loggedModel(model.id()).isEmpty()) {
            rest.post("logged-models", body);
        }
    }

    void finishLoggedModel(SourceLoggedModel model) {
        rest.send("PATCH", "logged-models/" + model.id(), Map.of("status", model.status()));
    }

    Optional<Json> model(String name) {
        return rest.find("registered-models/get", Map.of("name", name))
                .map(answer -> answer.object("registered_model"));
    }

    void createModel(SourceModel model, String source) {
        Map<String, String> tags = new HashMap<>(model.tags());
        tags.put(MARK, source);
        Map<String, Object> body = new HashMap<>(Map.of("name", model.name(), "tags", pairs(tags)));
        if (model.description() != null) {
            body.put("description", model.description());
        }
        rest.post("registered-models/create", body);
    }

    Optional<Json> version(String model, int number) {
        return rest.find("model-versions/get", Map.of("name", model, "version", Integer.toString(number)))
                .map(answer -> answer.object("model_version"));
    }

    void createVersion(String model, SourceModel.Version version, @Nullable String loggedModel) {
        Map<String, Object> body = new HashMap<>();
        body.put("name", model);
        body.put("version", Integer.toString(version.number()));
        body.put("source", source(version, loggedModel));
        body.put("tags", pairs(version.tags()));
        put(body, "run_id", version.run());
        put(body, "run_link", version.runLink());
        put(body, "description", version.description());
        put(body, "model_id", loggedModel);
        rest.post("model-versions/create", body);
    }

    /** Where the files are now: MLflow's addresses end with the run or model and the path below it, whatever they begin with. */
    private String source(SourceModel.Version version, @Nullable String loggedModel) {
        String source = version.source();
        if (loggedModel != null && source.contains("/" + loggedModel + "/artifacts")) {
            return loggedModel(loggedModel).orElseThrow().object("info").required("artifact_uri")
                    + after(source, "/" + loggedModel + "/artifacts");
        }
        if (version.run() != null && source.contains("/" + version.run() + "/artifacts")) {
            Optional<Json> run = run(version.run());
            if (run.isPresent()) {
                return run.get().object("info").required("artifact_uri")
                        + after(source, "/" + version.run() + "/artifacts");
            }
        }
        return source;
    }

    private static String after(String text, String part) {
        return text.substring(text.indexOf(part) + part.length());
    }

    void setStage(String model, SourceModel.Version version) {
        rest.post(
                "model-versions/transition-stage",
                Map.of(
                        "name",
                        model,
                        "version",
                        Integer.toString(version.number()),
                        "stage",
                        version.stage(),
                        "archive_existing_versions",
                        false));
    }

    void setAlias(String model, String alias, int version) {
        rest.post(
                "registered-models/alias", Map.of("name", model, "alias", alias, "version", Integer.toString(version)));
    }

    /** @param root the address of its owner's artifacts */
    void upload(String root, String path, InputStream bytes) {
        if (!root.startsWith(SERVED)) {
            throw SlipwayException.unsupported(
                    "import.artifacts-elsewhere",
                    "The experiment keeps its artifacts at " + root + ", where this import can't put any.");
        }
        String place = root.substring(SERVED.length()) + "/" + path;
        rest.put(
                "/api/2.0/mlflow-artifacts/artifacts/"
                        + SLASH.splitAsStream(place)
                                .filter(name -> !name.isEmpty())
                                .map(Rest::encoded)
                                .collect(Collectors.joining("/")),
                bytes);
    }

    static boolean isDeleted(Json thing) {
        return "deleted".equals(thing.text("lifecycle_stage"));
    }

    private static void put(Map<String, Object> body, String key, @Nullable String value) {
        if (value != null) {
            body.put(key, value);
        }
    }

    private static List<Map<String, String>> pairs(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(text -> Map.of("key", text.getKey(), "value", text.getValue()))
                .toList();
    }

    private static <T> List<List<T>> parts(List<T> all, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return parts;
    }
}
