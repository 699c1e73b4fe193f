package dev.slipway.standalone.mlflow;

/** The Slipway server that gets everything. Whatever is done twice is there once. */
final class Target {
    /** Which source something came from: the tag of experiments and registered models that the import made. */
    static final String MARK = "slipway.import.source";

    static final String NAME_TAG = "mlflow.runName";

    private final Rest rest;
    private final TargetExperiments experiments;
    private final TargetRuns runs;
    private final TargetLoggedModels loggedModels;
    private final TargetModels models;
    private final TargetArtifacts artifacts;

    Target(Rest rest) {
        this.rest = rest;
        this.experiments = new TargetExperiments(rest);
        this.runs = new TargetRuns(rest);
        this.loggedModels = new TargetLoggedModels(rest);
        this.models = new TargetModels(rest, runs, loggedModels);
        this.artifacts = new TargetArtifacts(rest);
    }

    String name() {
        return rest.address();
    }

    TargetExperiments experiments() {
        return experiments;
    }

    TargetRuns runs() {
        return runs;
    }

    TargetLoggedModels loggedModels() {
        return loggedModels;
    }

    /** Registered models and their versions. */
    TargetModels models() {
        return models;
    }

    TargetArtifacts artifacts() {
        return artifacts;
    }

    /** A client that reads it back as it reads any server. */
    Source asSource() {
        return new RestSource(rest);
    }

    static boolean isDeleted(Json thing) {
        return "deleted".equals(thing.text("lifecycle_stage"));
    }
}
