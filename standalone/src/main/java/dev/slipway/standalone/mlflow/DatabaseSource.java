package dev.slipway.standalone.mlflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The SQLite file of an MLflow server, and the artifacts in the folders beside it. */
final class DatabaseSource implements Source {
    private static final int PAGE = 200;
    private static final int POINTS = 10_000;
    private static final List<String> MODEL_STATES =
            List.of("", "LOGGED_MODEL_PENDING", "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED");

    private final Path file;
    private final SqliteRows rows;
    private final Set<String> tables;
    private final ArtifactFolders artifacts;

    DatabaseSource(Path file) {
        this.file = file.toAbsolutePath();
        this.rows = new SqliteRows(file);
        this.tables = rows.tables();
        Path beside = this.file.getParent();
        // Where a server keeps them unless told otherwise: on its own, or behind its proxy.
        this.artifacts = new ArtifactFolders(Stream.of("mlruns", "mlartifacts", "artifacts")
                .map(beside::resolve)
                .filter(Files::isDirectory)
                .map(Folder::new)
                .toList());
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public List<SourceExperiment> experiments() {
        return rows.of("SELECT * FROM experiments ORDER BY experiment_id").stream()
                .map(row -> new SourceExperiment(
                        row.required("experiment_id"),
                        row.required("name"),
                        deleted(row),
                        texts(
                                "SELECT key, value FROM experiment_tags WHERE experiment_id = ?",
                                row.required("experiment_id")),
                        new SourceTimes(row.number("creation_time"), row.number("last_update_time"))))
                .toList();
    }

    @Override
    public void runs(SourceExperiment experiment, Consumer<List<SourceRun>> page) {
        String last = "";
        List<Json> found;
        do {
            found = rows.of(
                    "SELECT * FROM runs WHERE experiment_id = ? AND run_uuid > ? ORDER BY run_uuid LIMIT " + PAGE,
                    experiment.id(),
                    last);
            if (!found.isEmpty()) {
                page.accept(found.stream().map(this::run).toList());
                last = found.get(found.size() - 1).required("run_uuid");
            }
        } while (found.size() == PAGE);
    }

    private SourceRun run(Json row) {
        String id = row.required("run_uuid");
        Map<String, String> tags = texts("SELECT key, value FROM tags WHERE run_uuid = ?", id);
        Map<String, Long> outputs = new LinkedHashMap<>();
        linked("RUN_OUTPUT", id)
                .forEach(output -> outputs.put(output.required("destination_id"), output.number("step", 0)));
        return new SourceRun(
                id,
                row.required("experiment_id"),
                Optional.ofNullable(row.text("name"))
                        .or(() -> Optional.ofNullable(tags.get("mlflow.runName")))
                        .orElse(""),
                row.text("user_id", ""),
                row.required("status"),
                row.number("start_time"),
                row.number("end_time"),
                deleted(row),
                texts("SELECT key, value FROM params WHERE run_uuid = ?", id),
                tags,
                rows.of("SELECT key FROM latest_metrics WHERE run_uuid = ?", id).stream()
                        .map(metric -> metric.required("key"))
                        .toList(),
                datasets(id),
                linked("RUN_INPUT", id).stream()
                        .map(input -> input.required("destination_id"))
                        .toList(),
                outputs);
    }

    /** The logged models that a run used or made. */
    private List<Json> linked(String sourceType, String run) {
        return has("inputs")
                ? rows.of("SELECT * FROM inputs WHERE source_type = ? AND source_id = ?", sourceType, run)
                : List.of();
    }

    private List<SourceRun.Dataset> datasets(String run) {
        if (!has("inputs")) {
            return List.of();
        }
        List<Json> found = rows.of("""
                SELECT datasets.*, inputs.input_uuid FROM inputs JOIN datasets ON datasets.dataset_uuid = inputs.source_id
                WHERE inputs.source_type = 'DATASET' AND inputs.destination_type = 'RUN' AND inputs.destination_id = ?
                """, run);
        return found.stream()
                .map(row -> new SourceRun.Dataset(
                        row.required("name"),
                        row.required("digest"),
                        row.text("dataset_source_type", ""),
                        row.text("dataset_source", ""),
                        row.text("dataset_schema"),
                        row.text("dataset_profile"),
                        texts(
                                "SELECT name AS key, value FROM input_tags WHERE input_uuid = ?",
                                row.required("input_uuid"))))
                .toList();
    }

    @Override
    public void history(SourceRun run, String key, Consumer<List<SourcePoint>> page) {
        long last = -1;
        List<Json> found;
        do {
            found = rows.of(
                    "SELECT rowid AS place, value, timestamp, step, is_nan FROM metrics"
                            + " WHERE run_uuid = ? AND key = ? AND rowid > ? ORDER BY rowid LIMIT " + POINTS,
                    run.id(),
                    key,
                    last);
            if (!found.isEmpty()) {
                page.accept(found.stream()
                        .map(row -> new SourcePoint(
                                run.id(),
                                key,
                                row.number("is_nan", 0) == 1 ? Double.NaN : row.real("value"),
                                row.number("timestamp", 0),
                                row.number("step", 0),
                                null,
                                null))
                        .toList());
                last = found.get(found.size() - 1).number("place", 0);
            }
        } while (found.size() == POINTS);
    }

    @Override
    public void loggedModels(SourceExperiment experiment, Consumer<SourceLoggedModel> model) {
        if (has("logged_models")) {
            rows.of(
                            "SELECT * FROM logged_models WHERE experiment_id = ? AND lifecycle_stage <> 'deleted'",
                            experiment.id())
                    .forEach(row -> model.accept(loggedModel(row)));
        }
    }

    private SourceLoggedModel loggedModel(Json row) {
        String id = row.required("model_id");
        int status = (int) row.number("status", 1);
        return new SourceLoggedModel(
                id,
                row.required("experiment_id"),
                row.required("name"),
                row.text("model_type"),
                MODEL_STATES.get(status < 1 || status >= MODEL_STATES.size() ? 1 : status),
                row.text("source_run_id"),
                texts("SELECT param_key AS key, param_value AS value FROM logged_model_params WHERE model_id = ?", id),
                texts("SELECT tag_key AS key, tag_value AS value FROM logged_model_tags WHERE model_id = ?", id),
                rows.of("SELECT * FROM logged_model_metrics WHERE model_id = ?", id).stream()
                        .map(DatabaseSource::metric)
                        .toList());
    }

    private static SourcePoint metric(Json row) {
        boolean measuredOn = row.text("dataset_name") != null && row.text("dataset_digest") != null;
        return new SourcePoint(
                row.required("run_id"),
                row.required("metric_name"),
                row.text("metric_value") == null ? Double.NaN : row.real("metric_value"),
                row.number("metric_timestamp_ms", 0),
                row.number("metric_step", 0),
                measuredOn ? row.text("dataset_name") : null,
                measuredOn ? row.text("dataset_digest") : null);
    }

    @Override
    public void models(Consumer<SourceModel> model) {
        rows.of("SELECT * FROM registered_models ORDER BY name").forEach(row -> model.accept(model(row)));
    }

    private SourceModel model(Json model) {
        String name = model.required("name");
        Map<String, Integer> aliases = new LinkedHashMap<>();
        if (has("registered_model_aliases")) {
            rows.of("SELECT alias, version FROM registered_model_aliases WHERE name = ?", name)
                    .forEach(row -> aliases.put(row.required("alias"), (int) row.number("version", 0)));
        }
        List<SourceModel.Version> versions = new ArrayList<>();
        for (Json row : rows.of(
                "SELECT * FROM model_versions WHERE name = ? AND current_stage <> 'Deleted_Internal' ORDER BY version",
                name)) {
            int number = (int) row.number("version", 0);
            String source = row.text("source", "");
            versions.add(new SourceModel.Version(
                    number,
                    row.text("description"),
                    Optional.ofNullable(row.text("current_stage")).orElse("None"),
                    source,
                    row.text("run_id"),
                    row.text("run_link"),
                    source.startsWith("models:/m-") ? source.substring("models:/".length()) : null,
                    texts("SELECT key, value FROM model_version_tags WHERE name = ? AND version = ?", name, number),
                    times(row)));
        }
        return new SourceModel(
                name,
                model.text("description"),
                texts("SELECT key, value FROM registered_model_tags WHERE name = ?", name),
                times(model),
                aliases,
                versions);
    }

    @Override
    public List<SourceFile> files(Owner owner, String folder) {
        return artifacts.files(owner, folder);
    }

    @Override
    public InputStream open(Owner owner, String path) throws IOException {
        return artifacts.open(owner, path);
    }

    @Override
    public void close() {
        rows.close();
    }

    private boolean has(String table) {
        return tables.contains(table);
    }

    private Map<String, String> texts(String query, Object... parameters) {
        return rows.of(query, parameters).stream()
                .collect(Collectors.toMap(
                        row -> row.required("key"),
                        row -> row.text("value", ""),
                        (one, other) -> other,
                        LinkedHashMap::new));
    }

    private static SourceTimes times(Json row) {
        return new SourceTimes(row.number("creation_time"), row.number("last_updated_time"));
    }

    private static boolean deleted(Json row) {
        return "deleted".equalsIgnoreCase(row.text("lifecycle_stage"));
    }
}
