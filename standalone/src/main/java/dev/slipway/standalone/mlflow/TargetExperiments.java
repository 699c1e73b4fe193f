package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import java.util.Map;
import java.util.Optional;

/** The experiments of the server that gets everything. */
final class TargetExperiments {
    private static final String DEFAULT = "0";

    private final Rest rest;

    TargetExperiments(Rest rest) {
        this.rest = rest;
    }

    /** The id of the experiment of that name, made unless it is there, restored if the import has deleted it. */
    String open(SourceExperiment wanted, String source) {
        Optional<Json> there = wanted.id().equals(DEFAULT)
                ? Optional.of(rest.get("experiments/get", Map.of("experiment_id", DEFAULT)))
                : rest.find("experiments/get-by-name", Map.of("experiment_name", wanted.name()));
        if (there.isEmpty()) {
            Map<String, String> tags = wanted.times().with(wanted.tags());
            tags.put(Target.MARK, source);
            return rest.post("experiments/create", Map.of("name", wanted.name(), "tags", Messages.pairs(tags)))
                    .required("experiment_id");
        }
        Json experiment = there.get().object("experiment");
        String id = experiment.required("experiment_id");
        Map<String, String> known = experiment.texts("tags");
        if (Target.isDeleted(experiment)) {
            if (!source.equals(known.get(Target.MARK))) {
                throw SlipwayException.conflict(
                        "import.experiment-deleted",
                        "The experiment '" + wanted.name() + "' is deleted at " + rest.address()
                                + "; restore or rename it there.");
            }
            rest.post("experiments/restore", Map.of("experiment_id", id));
        }
        // One that the import did not make has times of its own.
        boolean made = source.equals(known.get(Target.MARK));
        (made ? wanted.times().with(wanted.tags()) : wanted.tags()).forEach((key, value) -> {
            if (!value.equals(known.get(key))) {
                rest.post("experiments/set-experiment-tag", Map.of("experiment_id", id, "key", key, "value", value));
            }
        });
        return id;
    }

    void delete(String id) {
        rest.post("experiments/delete", Map.of("experiment_id", id));
    }
}
