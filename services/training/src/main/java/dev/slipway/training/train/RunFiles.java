package dev.slipway.training.train;

import dev.slipway.api.training.ArtifactHome;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.training.artifact.ArtifactTree;
import dev.slipway.training.mlflow.OwnedArtifacts;
import jakarta.inject.Singleton;
import java.util.Map;

/** The files among the artifacts of a run, where MLflow's clients find them. */
@Singleton
public final class RunFiles {
    private final OwnedArtifacts owned;
    private final ArtifactTree tree;

    RunFiles(OwnedArtifacts owned, ArtifactTree tree) {
        this.owned = owned;
        this.tree = tree;
    }

    /** Puts the files at their paths below the run's folder. A run whose artifacts lie elsewhere goes without. */
    void put(JobContext job, RunId run, Map<String, Artifact> files) {
        String uri = uri(run);
        if (!ArtifactPath.isAddress(uri)) {
            job.log("no files are put beside the run, as its artifacts lie at " + uri);
            return;
        }
        ArtifactPath folder = ArtifactPath.ofAddress(uri);
        files.forEach((path, file) -> tree.put(folder.resolve(ArtifactPath.of(path)), file, job::fence));
    }

    /** The run's folder; {@code training.artifacts-elsewhere} when its artifacts lie where this server does not write. */
    public ArtifactPath folder(RunId run) {
        String uri = uri(run);
        if (!ArtifactPath.isAddress(uri)) {
            throw SlipwayException.unsupported(
                    "training.artifacts-elsewhere",
                    "A worker hands its model over among the run's artifacts, and those of run " + run + " lie at '"
                            + uri + "'; train in an experiment that was made without an artifact location.");
        }
        return ArtifactPath.ofAddress(uri);
    }

    private String uri(RunId run) {
        return owned.home(run.value()).map(ArtifactHome::uri).orElse("");
    }
}
