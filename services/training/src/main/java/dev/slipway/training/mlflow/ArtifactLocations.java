package dev.slipway.training.mlflow;

import dev.slipway.api.training.Experiment;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.loggedmodel.LoggedModels;
import dev.slipway.training.trace.TraceIds;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** The URIs under which MLflow's clients put artifacts. */
@Singleton
public final class ArtifactLocations {
    private static final String SERVED_HERE = "mlflow-artifacts:/";

    private static final int MAX_LENGTH = 2048;
    private static final Pattern URI_START = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:|/");

    private final ExperimentIds ids;

    ArtifactLocations(ExperimentIds ids) {
        this.ids = ids;
    }

    /** The location that a client gives a new experiment; null for none, {@code experiment.location} if it can't be one. */
    @Nullable
    static String given(@Nullable String location) {
        if (location == null || location.isEmpty()) {
            return null;
        }
        boolean plain = location.length() <= MAX_LENGTH
                && URI_START.matcher(location).lookingAt()
                && location.chars().noneMatch(c -> c == '#' || c == '?' || c == ';' || c == '\\' || c <= ' ')
                && !location.contains("..");
        if (!plain) {
            throw SlipwayException.invalid(
                    "experiment.location",
                    "An artifact location is a URI of at most " + MAX_LENGTH
                            + " characters without parameters, a fragment or '..', such as s3://bucket/folder; '"
                            + location + "' is not.");
        }
        return location;
    }

    /** The experiment's own location, or the one that this server serves. */
    public String of(Entity<ExperimentId, Experiment> experiment) {
        String own = experiment.body().artifactLocation();
        return own == null ? SERVED_HERE + ids.shown(experiment.id()) : own;
    }

    /** That of a run of the experiment. */
    public String of(Entity<ExperimentId, Experiment> experiment, RunId run) {
        return within(experiment, run + "/artifacts");
    }

    /** That of a logged model of the experiment. */
    public String of(Entity<ExperimentId, Experiment> experiment, LoggedModelId model) {
        return within(experiment, "models/" + LoggedModels.shown(model) + "/artifacts");
    }

    /** That of a trace of the experiment. */
    public String of(Entity<ExperimentId, Experiment> experiment, TraceId trace) {
        return within(experiment, "traces/" + TraceIds.shown(trace) + "/artifacts");
    }

    private String within(Entity<ExperimentId, Experiment> experiment, String path) {
        String location = of(experiment);
        return location + (location.endsWith("/") ? "" : "/") + path;
    }
}
