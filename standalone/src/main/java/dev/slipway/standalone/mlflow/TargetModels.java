package dev.slipway.standalone.mlflow;

import io.micronaut.core.annotation.Nullable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The registered models of the server that gets everything. */
final class TargetModels {
    private final Rest rest;
    private final TargetRuns runs;
    private final TargetLoggedModels loggedModels;

    TargetModels(Rest rest, TargetRuns runs, TargetLoggedModels loggedModels) {
        this.rest = rest;
        this.runs = runs;
        this.loggedModels = loggedModels;
    }

    Optional<Json> find(String name) {
        return rest.find("registered-models/get", Map.of("name", name))
                .map(answer -> answer.object("registered_model"));
    }

    void create(SourceModel model, String source) {
        Map<String, String> tags = model.times().with(model.tags());
        tags.put(Target.MARK, source);
        Map<String, Object> body = new HashMap<>(Map.of("name", model.name(), "tags", Messages.pairs(tags)));
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
        body.put("tags", Messages.pairs(version.times().with(version.tags())));
        Messages.put(body, "run_id", version.run());
        Messages.put(body, "run_link", version.runLink());
        Messages.put(body, "description", version.description());
        Messages.put(body, "model_id", loggedModel);
        rest.post("model-versions/create", body);
    }

    /** Where the files are now: MLflow's addresses end with the run or model and the path below it, whatever they begin with. */
    private String source(SourceModel.Version version, @Nullable String loggedModel) {
        String source = version.source();
        if (loggedModel != null && source.contains("/" + loggedModel + "/artifacts")) {
            return loggedModels.find(loggedModel).orElseThrow().object("info").required("artifact_uri")
                    + after(source, "/" + loggedModel + "/artifacts");
        }
        if (version.run() != null && source.contains("/" + version.run() + "/artifacts")) {
            Optional<Json> run = runs.find(version.run());
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
}
