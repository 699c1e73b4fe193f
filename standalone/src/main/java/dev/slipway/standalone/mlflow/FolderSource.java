package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder in which MLflow's clients have kept everything as files, usually called {@code mlruns}. */
final class FolderSource implements Source {
    private static final int PAGE = 200;
    private static final int POINTS = 10_000;
    private static final String META = "meta.yaml";
    private static final String MODELS = "models";
    private static final String TRASH = ".trash";
    private static final String DELETED_VERSION = "Deleted_Internal";
    private static final Pattern RUN = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern MODEL = Pattern.compile("m-[0-9a-f]{32}");
    private static final Pattern VERSION = Pattern.compile("version-[0-9]{1,9}");
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final List<String> RUN_STATES = List.of("", "RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED");
    private static final List<String> MODEL_STATES =
            List.of("", "LOGGED_MODEL_PENDING", "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED");

    private final Folder folder;
    private final ArtifactFolders artifacts;

    FolderSource(Path root) {
        this.folder = new Folder(root);
        Path trash = folder.root().resolve(TRASH);
        this.artifacts = new ArtifactFolders(
                Files.isDirectory(trash) ? List.of(folder, new Folder(folder.inside(trash))) : List.of(folder));
    }

    @Override
    public String name() {
        return folder.root().toString();
    }

    @Override
    public List<SourceExperiment> experiments() {
        return Stream.concat(
                        folder.list(folder.root()).stream(),
                        folder.list(folder.root().resolve(TRASH)).stream())
                .filter(entry -> Files.isRegularFile(entry.resolve(META)))
                .map(this::experiment)
                .toList();
    }

    private SourceExperiment experiment(Path at) {
        Json meta = folder.yaml(at.resolve(META));
        return new SourceExperiment(
                // Not what the file says: the folder's name is what leads to the runs.
                at.getFileName().toString(),
                meta.required("name"),
                deleted(meta),
                folder.texts(at.resolve("tags")),
                new SourceTimes(meta.number("creation_time"), meta.number("last_update_time")));
    }

    @Override
    public void runs(SourceExperiment experiment, Consumer<List<SourceRun>> page) {
        List<SourceRun> runs = new ArrayList<>();
        Path home = home(experiment.id());
        for (Path entry : folder.list(home)) {
            if (RUN.matcher(entry.getFileName().toString()).matches() && Files.isRegularFile(entry.resolve(META))) {
                runs.add(run(home, experiment.id(), entry));
                if (runs.size() == PAGE) {
                    page.accept(List.copyOf(runs));
                    runs.clear();
                }
            }
        }
        if (!runs.isEmpty()) {
            page.accept(List.copyOf(runs));
        }
    }

    private Path home(String experiment) {
        Path home = folder.root().resolve(experiment);
        return Files.isDirectory(home) ? home : folder.root().resolve(TRASH).resolve(experiment);
    }

    private SourceRun run(Path home, String experiment, Path at) {
        Json meta = folder.yaml(at.resolve(META));
        Map<String, String> tags = folder.texts(at.resolve("tags"));
        List<SourceRun.Dataset> datasets = new ArrayList<>();
        List<String> modelInputs = new ArrayList<>();
        for (Path input : folder.list(at.resolve("inputs"))) {
            Json told = folder.yaml(input.resolve(META));
            if ("DATASET".equals(told.text("source_type"))) {
                datasets.add(dataset(home, told));
            } else {
                modelInputs.add(told.required("source_id"));
            }
        }
        Map<String, Long> outputs = new LinkedHashMap<>();
        for (Path output : folder.list(at.resolve("outputs"))) {
            Json told = folder.yaml(output.resolve(META));
            outputs.put(told.required("source_id"), told.number("step", 0));
        }
        return new SourceRun(
                at.getFileName().toString(),
                experiment,
                Optional.ofNullable(meta.text("run_name"))
                        .or(() -> Optional.ofNullable(tags.get("mlflow.runName")))
                        .orElse(""),
                meta.text("user_id", ""),
                state(RUN_STATES, meta.number("status", 1)),
                meta.number("start_time"),
                meta.number("end_time"),
                deleted(meta),
                folder.texts(at.resolve("params")),
                tags,
                List.copyOf(folder.tree(at.resolve("metrics")).keySet()),
                datasets,
                modelInputs,
                outputs);
    }

    private SourceRun.Dataset dataset(Path home, Json input) {
        String id = input.required("source_id");
        Json dataset =
                folder.yaml(folder.inside(home.resolve("datasets").resolve(id)).resolve(META));
        Map<String, String> tags = new LinkedHashMap<>();
        input.object("tags").fields().forEach((key, value) -> tags.put(key.toString(), String.valueOf(value)));
        return SourceRun.Dataset.of(dataset, tags);
    }

    @Override
    public void history(SourceRun run, String key, Consumer<List<SourcePoint>> page) {
        Path file = home(run.experiment()).resolve(run.id()).resolve("metrics").resolve(key);
        points(run.id(), key, file, page);
    }

    private void points(String run, String key, Path file, Consumer<List<SourcePoint>> page) {
        List<SourcePoint> points = new ArrayList<>();
        try (Lines lines = new Lines(folder.open(file))) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    points.add(point(run, key, line));
                }
                if (points.size() == POINTS) {
                    page.accept(List.copyOf(points));
                    points.clear();
                }
            }
        } catch (IOException e) {
            throw Folder.unreadable(file, e);
        }
        if (!points.isEmpty()) {
            page.accept(List.copyOf(points));
        }
    }

    /** Time, value, then maybe step; those of a logged model have the run and the data set besides. */
    private static SourcePoint point(String run, String key, String line) {
        List<String> parts = SPACE.splitAsStream(line.strip()).toList();
        if (parts.size() < 2) {
            throw SlipwayException.invalid(
                    "import.source-form", "The metric '" + key + "' of run " + run + " has the line '" + line + "'.");
        }
        boolean measuredOn = parts.size() == 6;
        return new SourcePoint(
                parts.size() > 3 && RUN.matcher(parts.get(3)).matches() ? parts.get(3) : run,
                key,
                Reals.parse(parts.get(1)),
                Reals.whole(parts.get(0)),
                parts.size() > 2 ? Reals.whole(parts.get(2)) : 0,
                measuredOn ? parts.get(4) : null,
                measuredOn ? parts.get(5) : null);
    }

    @Override
    public void loggedModels(SourceExperiment experiment, Consumer<SourceLoggedModel> model) {
        for (Path entry : folder.list(home(experiment.id()).resolve(MODELS))) {
            if (MODEL.matcher(entry.getFileName().toString()).matches() && Files.isRegularFile(entry.resolve(META))) {
                Json meta = folder.yaml(entry.resolve(META));
                if (!deleted(meta)) {
                    model.accept(loggedModel(experiment.id(), entry, meta));
                }
            }
        }
    }

    private SourceLoggedModel loggedModel(String experiment, Path at, Json meta) {
        String run = meta.text("source_run_id");
        List<SourcePoint> metrics = new ArrayList<>();
        folder.tree(at.resolve("metrics"))
                .forEach((key, file) -> points(run == null ? "" : run, key, file, metrics::addAll));
        return new SourceLoggedModel(
                at.getFileName().toString(),
                experiment,
                meta.text("name", ""),
                meta.text("model_type"),
                state(MODEL_STATES, meta.number("status", 1)),
                run,
                folder.texts(at.resolve("params")),
                folder.texts(at.resolve("tags")),
                metrics);
    }

    @Override
    public void models(Consumer<SourceModel> model) {
        for (Path entry : folder.list(folder.root().resolve(MODELS))) {
            if (Files.isRegularFile(entry.resolve(META))) {
                model.accept(model(entry));
            }
        }
    }

    private SourceModel model(Path at) {
        Json meta = folder.yaml(at.resolve(META));
        Map<String, Integer> aliases = new LinkedHashMap<>();
        folder.texts(at.resolve("aliases"))
                .forEach((alias, version) -> aliases.put(alias, (int) Reals.whole(version.strip())));
        return new SourceModel(
                meta.required("name"),
                meta.text("description"),
                folder.texts(at.resolve("tags")),
                times(meta),
                aliases,
                folder.list(at).stream()
                        .filter(entry ->
                                VERSION.matcher(entry.getFileName().toString()).matches())
                        .map(this::version)
                        .filter(version -> !version.stage().equals(DELETED_VERSION))
                        .sorted(Comparator.comparing(SourceModel.Version::number))
                        .toList());
    }

    private SourceModel.Version version(Path at) {
        Json meta = folder.yaml(at.resolve(META));
        String name = at.getFileName().toString();
        return new SourceModel.Version(
                Integer.parseInt(name.substring(name.indexOf('-') + 1)),
                meta.text("description"),
                Optional.ofNullable(meta.text("current_stage")).orElse("None"),
                meta.text("source", ""),
                meta.text("run_id"),
                meta.text("run_link"),
                meta.text("model_id"),
                folder.texts(at.resolve("tags")),
                times(meta));
    }

    @Override
    public List<SourceFile> files(Owner owner, String path) {
        return artifacts.files(owner, path);
    }

    @Override
    public InputStream open(Owner owner, String path) throws IOException {
        return artifacts.open(owner, path);
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private static SourceTimes times(Json meta) {
        return new SourceTimes(meta.number("creation_timestamp"), meta.number("last_updated_timestamp"));
    }

    private static String state(List<String> names, long number) {
        return number < 1 || number >= names.size() ? names.get(1) : names.get((int) number);
    }

    private static boolean deleted(Json meta) {
        return "deleted".equalsIgnoreCase(meta.text("lifecycle_stage"));
    }
}
