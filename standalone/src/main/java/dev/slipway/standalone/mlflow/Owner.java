package dev.slipway.standalone.mlflow;

/** What artifacts belong to: a run, or a logged model. */
record Owner(String experiment, String id) {
    static Owner of(SourceRun run) {
        return new Owner(run.experiment(), run.id());
    }

    static Owner of(SourceLoggedModel model) {
        return new Owner(model.experiment(), model.id());
    }

    boolean isRun() {
        return !id.startsWith("m-");
    }

    /** Its folder in that of its experiment, as MLflow lays it out. */
    String folder() {
        return (isRun() ? id : "models/" + id) + "/artifacts";
    }
}
