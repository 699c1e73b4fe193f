package dev.slipway.training.mlflow;

import dev.slipway.api.training.ArtifactHome;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.LoggedModel;
import dev.slipway.api.training.Run;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.loggedmodel.LoggedModels;
import dev.slipway.training.run.Runs;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/** Knows where in the tree the artifacts of runs and logged models lie. */
@Singleton
public final class OwnedArtifacts {
    private static final Pattern RUN = Pattern.compile("[0-9a-f]{32}");

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

    /**
     * Where the artifacts of a run or a logged model lie; empty when there is no such.
     *
     * @param owner the id of a run, or that of a logged model as clients know it
     */
    public Optional<ArtifactHome> home(String owner) {
        return RUN.matcher(owner).matches()
                ? runs.find(new RunId(owner)).map(run -> home(locations.of(experiment(run), run.id()), run.id()))
                : LoggedModels.id(owner)
                        .flatMap(models::find)
                        .filter(model -> model.body().deleted() == null)
                        .map(model -> home(
                                locations.of(experiments.get(model.body().experiment()), model.id()),
                                model.body().sourceRun()));
    }

    private static ArtifactHome home(String uri, @Nullable RunId run) {
        return new ArtifactHome(uri, run);
    }

    private Entity<ExperimentId, Experiment> experiment(Entity<RunId, Run> run) {
        return experiments.get(run.body().experiment());
    }

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
