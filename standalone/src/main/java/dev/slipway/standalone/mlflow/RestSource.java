package dev.slipway.standalone.mlflow;

import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/** A running MLflow server of any version from 2.0, or whatever speaks its API. */
final class RestSource implements Source {
    private final Rest rest;
    private final RestRuns runs;
    private final RestModels models;
    private final RestArtifacts artifacts;

    RestSource(Rest rest) {
        this.rest = rest;
        this.runs = new RestRuns(rest);
        this.models = new RestModels(rest);
        this.artifacts = new RestArtifacts(rest);
    }

    @Override
    public String name() {
        return rest.address();
    }

    @Override
    public List<SourceExperiment> experiments() {
        return runs.experiments();
    }

    @Override
    public void runs(SourceExperiment experiment, Consumer<List<SourceRun>> page) {
        runs.runs(experiment, page);
    }

    @Override
    public void history(SourceRun run, String key, Consumer<List<SourcePoint>> page) {
        runs.history(run, key, page);
    }

    @Override
    public void loggedModels(SourceExperiment experiment, Consumer<SourceLoggedModel> model) {
        models.loggedModels(experiment, model);
    }

    @Override
    public void models(Consumer<SourceModel> model) {
        models.models(model);
    }

    @Override
    public List<SourceFile> files(Owner owner, String folder) {
        return artifacts.files(owner, folder);
    }

    @Override
    public InputStream open(Owner owner, String path) {
        return artifacts.open(owner, path);
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
