package dev.slipway.training.train;

import dev.slipway.api.Allowed;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.StartTraining;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.files.FileResponder;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.training.TrainingKinds;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** What workers outside of the server are to train, and on what. They report as MLflow's clients do. */
@Controller(TrainingWorkController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.ENGINEER)
class TrainingWorkController {
    static final String PATH = "/api/v1/trainings";

    private final Entities entities;
    private final TrainingRequests requests;
    private final DatasetReader datasets;
    private final RunFiles files;
    private final ArtifactStore artifacts;
    private final FileResponder responder;

    TrainingWorkController(
            Entities entities,
            TrainingRequests requests,
            DatasetReader datasets,
            RunFiles files,
            ArtifactStore artifacts,
            FileResponder responder) {
        this.entities = entities;
        this.requests = requests;
        this.datasets = datasets;
        this.files = files;
        this.artifacts = artifacts;
        this.responder = responder;
    }

    /** Fails with {@code training.not-running} for a run that waits for no worker. */
    @Get("/{run}")
    TrainingWork work(@PathVariable RunId run) {
        StartTraining request = request(run);
        DatasetVersion version = datasets.version(request.datasetVersion());
        return new TrainingWork(
                request.network(),
                request.hyperparameters(),
                version.sampleShape(),
                version.classes().size(),
                version.statistics(),
                files.folder(run).toString());
    }

    /**
     * A part of a split, a {@code .npy} file.
     *
     * @param part {@code samples} or {@code labels}
     */
    @Get(value = "/{run}/data/{split}/{part}", headRoute = false)
    HttpResponse<?> data(
            HttpRequest<?> http, @PathVariable RunId run, @PathVariable SplitName split, @PathVariable String part) {
        Split found = DatasetReader.existing(datasets.version(request(run).datasetVersion()), split);
        Digest digest =
                switch (part) {
                    case "samples" -> found.samples();
                    case "labels" -> found.labels();
                    default ->
                        throw SlipwayException.notFound(
                                "training.data", "A split has the parts samples and labels, not '" + part + "'.");
                };
        long size = artifacts
                .size(digest)
                .orElseThrow(() -> SlipwayException.notFound(
                        "training.data", "The artifact " + digest + " of the dataset version is gone."));
        return responder.respond(http, digest, size);
    }

    private StartTraining request(RunId id) {
        Entity<RunId, Run> run = entities.get(TrainingKinds.RUN, id);
        if (run.body().job() == null || run.body().state() != RunState.RUNNING) {
            throw SlipwayException.conflict(
                    "training.not-running",
                    "Run " + id + " is " + run.body().state()
                            + (run.body().job() == null ? " and was logged from outside" : "")
                            + ", so no worker is wanted for it.");
        }
        return requests.of(run);
    }
}
