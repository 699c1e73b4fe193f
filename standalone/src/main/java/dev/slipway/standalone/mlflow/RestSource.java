package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** A running MLflow server of any version from 2.0, or whatever speaks its API. */
final class RestSource implements Source {
    private static final int RUNS = 500;
    private static final int POINTS = 25_000;
    private static final int MODELS = 50;
    private static final int PAGE = 1000;
    /** No page is empty so often in a row, unless it will be for ever. */
    private static final int MOST_EMPTY = 100;

    private final Rest rest;

    RestSource(Rest rest) {
        this.rest = rest;
    }

    @Override
    public String name() {
        return rest.address();
    }

    @Override
    public List<SourceExperiment> experiments() {
        List<SourceExperiment> all = new ArrayList<>();
        pages(
                token -> rest.post("experiments/search", body(Map.of("max_results", PAGE, "view_type", "ALL"), token)),
                answer -> {
                    List<Json> page = answer.objects("experiments");
                    page.forEach(experiment -> all.add(new SourceExperiment(
                            experiment.required("experiment_id"),
                            experiment.required("name"),
                            deleted(experiment),
                            experiment.texts("tags"))));
                    bound(all.size());
                    return page.size();
                });
        return all;
    }

    @Override
    public void runs(SourceExperiment experiment, Consumer<List<SourceRun>> page) {
        Set<String> seen = new HashSet<>();
        Map<String, Object> search = Map.of(
                "experiment_ids",
                List.of(experiment.id()),
                "max_results",
                RUNS,
                "run_view_type",
                "ALL",
                "order_by",
                // New runs come last, so that none moves to a page that was read.
                List.of("attributes.start_time ASC"));
        pages(token -> rest.post("runs/search", body(search, token)), answer -> {
            List<SourceRun> fresh = answer.objects("runs").stream()
                    .map(RestSource::run)
                    .filter(run -> seen.add(run.id()))
                    .toList();
            bound(seen.size());
            if (!fresh.isEmpty()) {
                page.accept(fresh);
            }
            return fresh.size();
        });
    }

    private static SourceRun run(Json run) {
        Json info = run.object("info");
        Json data = run.object("data");
        String id = info.text("run_id");
        Map<String, Long> outputs = new LinkedHashMap<>();
        run.object("outputs")
                .objects("model_outputs")
                .forEach(output -> outputs.put(output.required("model_id"), output.number("step", 0)));
        return new SourceRun(
                id == null ? info.required("run_uuid") : id,
                info.required("experiment_id"),
                orEmpty(info.text("run_name")),
                orEmpty(info.text("user_id")),
                info.required("status"),
                info.number("start_time"),
                info.number("end_time"),
                deleted(info),
                data.texts("params"),
                data.texts("tags"),
                data.objects("metrics").stream()
                        .map(metric -> metric.required("key"))
                        .toList(),
                run.object("inputs").objects("dataset_inputs").stream()
                        .map(RestSource::dataset)
                        .toList(),
                run.object("inputs").objects("model_inputs").stream()
                        .map(input -> input.required("model_id"))
                        .toList(),
                outputs);
    }

    private static SourceRun.Dataset dataset(Json input) {
        Json dataset = input.object("dataset");
        return new SourceRun.Dataset(
                dataset.required("name"),
                dataset.required("digest"),
                orEmpty(dataset.text("source_type")),
                orEmpty(dataset.text("source")),
                dataset.text("schema"),
                dataset.text("profile"),
                input.texts("tags"));
    }

    @Override
    public void history(SourceRun run, String key, Consumer<List<SourcePoint>> page) {
        Map<String, String> question =
                Map.of("run_id", run.id(), "metric_key", key, "max_results", Integer.toString(POINTS));
        long[] count = new long[1];
        pages(token -> rest.get("metrics/get-history", query(question, token)), answer -> {
            List<SourcePoint> points = answer.objects("metrics").stream()
                    .map(metric -> point(run.id(), metric))
                    .toList();
            count[0] += points.size();
            bound(count[0] / 100);
            if (!points.isEmpty()) {
                page.accept(points);
            }
            return points.size();
        });
    }

    private static SourcePoint point(String run, Json metric) {
        String name = metric.text("dataset_name");
        String digest = metric.text("dataset_digest");
        boolean measuredOn = name != null && digest != null;
        return new SourcePoint(
                run,
                metric.required("key"),
                // Protobuf may leave out what is zero.
                metric.text("value") == null ? 0 : metric.real("value"),
                metric.number("timestamp", 0),
                metric.number("step", 0),
                measuredOn ? name : null,
                measuredOn ? digest : null);
    }

    @Override
    public void loggedModels(SourceExperiment experiment, Consumer<SourceLoggedModel> model) {
        Map<String, Object> search = Map.of("experiment_ids", List.of(experiment.id()), "max_results", MODELS);
        Set<String> seen = new HashSet<>();
        pages(
                token -> {
                    try {
                        return rest.post("logged-models/search", body(search, token));
                    } catch (SlipwayException e) {
                        if (e.kind() == ErrorKind.NOT_FOUND) {
                            // Servers before version 3 have none.
                            return new Json(Map.of());
                        }
                        throw e;
                    }
                },
                answer -> {
                    List<SourceLoggedModel> fresh = answer.objects("models").stream()
                            .map(RestSource::loggedModel)
                            .filter(found -> seen.add(found.id()))
                            .toList();
                    bound(seen.size());
                    fresh.forEach(model);
                    return fresh.size();
                });
    }

    private static SourceLoggedModel loggedModel(Json model) {
        Json info = model.object("info");
        String run = info.text("source_run_id");
        return new SourceLoggedModel(
                info.required("model_id"),
                info.required("experiment_id"),
                orEmpty(info.text("name")),
                info.text("model_type"),
                Optional.ofNullable(info.text("status")).orElse("LOGGED_MODEL_PENDING"),
                run,
                model.object("data").texts("params"),
                info.texts("tags"),
                model.object("data").objects("metrics").stream()
                        .map(metric ->
                                point(Optional.ofNullable(metric.text("run_id")).orElse(orEmpty(run)), metric))
                        .toList());
    }

    @Override
    public void models(Consumer<SourceModel> model) {
        Set<String> seen = new HashSet<>();
        pages(token -> rest.get("registered-models/search", query(Map.of("max_results", "100"), token)), answer -> {
            List<Json> fresh = answer.objects("registered_models").stream()
                    .filter(found -> seen.add(found.required("name")))
                    .toList();
            bound(seen.size());
            fresh.forEach(found -> model.accept(model(found)));
            return fresh.size();
        });
    }

    private SourceModel model(Json model) {
        String name = model.required("name");
        Map<String, Integer> aliases = new LinkedHashMap<>();
        model.objects("aliases")
                .forEach(alias -> aliases.put(alias.required("alias"), (int) alias.number("version", 0)));
        return new SourceModel(name, model.text("description"), model.texts("tags"), aliases, versions(name));
    }

    private List<SourceModel.Version> versions(String model) {
        Map<Integer, SourceModel.Version> versions = new HashMap<>();
        // A text in either quotes; a name with both can't be searched for.
        String quote = model.contains("'") ? "\"" : "'";
        Map<String, String> question =
                Map.of("filter", "name = " + quote + model + quote, "max_results", Integer.toString(PAGE));
        pages(token -> rest.get("model-versions/search", query(question, token)), answer -> {
            int before = versions.size();
            for (Json version : answer.objects("model_versions")) {
                int number = (int) version.number("version", 0);
                versions.put(
                        number,
                        new SourceModel.Version(
                                number,
                                version.text("description"),
                                Optional.ofNullable(version.text("current_stage"))
                                        .orElse("None"),
                                orEmpty(version.text("source")),
                                version.text("run_id"),
                                version.text("run_link"),
                                version.text("model_id"),
                                version.texts("tags")));
            }
            bound(versions.size());
            return versions.size() - before;
        });
        return versions.values().stream()
                .sorted(Comparator.comparing(SourceModel.Version::number))
                .toList();
    }

    @Override
    public List<SourceFile> files(Owner owner, String folder) {
        Map<String, String> question = new HashMap<>();
        String path;
        if (owner.isRun()) {
            path = "artifacts/list";
            question.put("run_id", owner.id());
            if (!folder.isEmpty()) {
                question.put("path", folder);
            }
        } else {
            path = "logged-models/" + owner.id() + "/artifacts/directories";
            if (!folder.isEmpty()) {
                question.put("artifact_directory_path", folder);
            }
        }
        Map<String, SourceFile> files = new LinkedHashMap<>();
        pages(token -> rest.get(path, query(question, token)), answer -> {
            int before = files.size();
            for (Json file : answer.objects("files")) {
                String name = ArtifactPaths.child(folder, file.required("path"));
                files.put(name, new SourceFile(name, file.flag("is_dir"), file.number("file_size", 0)));
            }
            bound(files.size());
            return files.size() - before;
        });
        return List.copyOf(files.values());
    }

    @Override
    public InputStream open(Owner owner, String path) {
        return owner.isRun()
                ? rest.open("/get-artifact", Map.of("run_id", owner.id(), "run_uuid", owner.id(), "path", path))
                : rest.open(
                        "/ajax-api/2.0/mlflow/logged-models/" + owner.id() + "/artifacts/files",
                        Map.of("artifact_file_path", path));
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    /**
     * Asks for page after page.
     *
     * @param reader takes an answer and returns how much of it was new
     */
    private void pages(Function<String, Json> question, Function<Json, Integer> reader) {
        int empty = 0;
        String token = null;
        do {
            Json answer = question.apply(token);
            empty = reader.apply(answer) > 0 ? 0 : empty + 1;
            String next = answer.text("next_page_token");
            if (next != null && (next.equals(token) || empty == MOST_EMPTY)) {
                throw SlipwayException.invalid(
                        "import.source-pages", rest.address() + " gives the same page again and again.");
            }
            token = next;
        } while (token != null);
    }

    private void bound(long count) {
        if (count > MOST) {
            throw SlipwayException.tooLarge(
                    "import.source-size", rest.address() + " has more than " + MOST + " of a kind.");
        }
    }

    private static Map<String, Object> body(Map<String, Object> search, @Nullable String token) {
        Map<String, Object> body = new HashMap<>(search);
        if (token != null) {
            body.put("page_token", token);
        }
        return body;
    }

    private static Map<String, String> query(Map<String, String> question, @Nullable String token) {
        Map<String, String> query = new HashMap<>(question);
        if (token != null) {
            query.put("page_token", token);
        }
        return query;
    }

    private static boolean deleted(Json thing) {
        return "deleted".equalsIgnoreCase(thing.text("lifecycle_stage"));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
