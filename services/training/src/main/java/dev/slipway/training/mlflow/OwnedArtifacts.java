package dev.slipway.training.mlflow;

import dev.slipway.api.training.LoggedModel;
import dev.slipway.api.training.Run;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.loggedmodel.LoggedModels;
import dev.slipway.training.run.Runs;
import jakarta.inject.Singleton;

/** Knows where in the tree the artifacts of runs and logged models lie. */
@Singleton
final class OwnedArtifacts {
    private final Runs runs;
    private final LoggedModels models;
    private final Experiments experiments;
    private final ArtifactLocations locations;

    OwnedArtifacts(Runs runs, LoggedModels models, Experiments experiments, ArtifactLocations locations) {
        this.runs = runs;
        this.models = models;
        this.experiments = experiments;
        this.locations = locations;
    }

    /** The folder of everything that belongs to one run or model. */
    record Root(String uri, ArtifactPath path) {}

    Root root(RunId id) {
        Entity<RunId, Run> run = runs.get(id);
        return at(locations.of(experiments.get(run.body().experiment()), id));
    }

    /** @param shown a logged model's id as clients know it */
    Root root(String shown) {
        Entity<LoggedModelId, LoggedModel> model = models.get(LoggedModels.parse(shown));
        return at(locations.of(experiments.get(model.body().experiment()), model.id()));
    }

    private static Root at(String uri) {
        if (!ArtifactPath.isAddress(uri)) {
            throw SlipwayException.unsupported(
                    "artifact.elsewhere",
                    "These artifacts lie at " + uri + ", which this server does not read; fetch them from there.");
        }
        return new Root(uri, ArtifactPath.ofAddress(uri));
    }
}
