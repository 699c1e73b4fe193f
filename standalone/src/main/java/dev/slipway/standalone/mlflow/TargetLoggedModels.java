package dev.slipway.standalone.mlflow;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The logged models of the server that gets everything. */
final class TargetLoggedModels {
    private final Rest rest;

    TargetLoggedModels(Rest rest) {
        this.rest = rest;
    }

    Optional<Json> find(String id) {
        return rest.find("logged-models/" + id, Map.of()).map(answer -> answer.object("model"));
    }

    /** Makes the model under its own id, unless it is there. */
    void open(SourceLoggedModel model, String experiment, boolean withRun) {
        Map<String, Object> body = new HashMap<>();
        body.put("model_id", model.id());
        body.put("experiment_id", experiment);
        body.put("name", model.name());
        body.put("params", Messages.pairs(model.params()));
        body.put("tags", Messages.pairs(model.tags()));
        if (model.type() != null) {
            body.put("model_type", model.type());
        }
        if (withRun && model.run() != null) {
            body.put("source_run_id", model.run());
        }
        if (find(model.id()).isEmpty()) {
            rest.post("logged-models", body);
        }
    }

    void finish(SourceLoggedModel model) {
        rest.send("PATCH", "logged-models/" + model.id(), Map.of("status", model.status()));
    }
}
