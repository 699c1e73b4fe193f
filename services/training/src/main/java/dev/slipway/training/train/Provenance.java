package dev.slipway.training.train;

import ai.djl.engine.Engine;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.training.host.GitCheckout;
import dev.slipway.training.host.Surroundings;
import dev.slipway.training.metric.RunMetrics;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps beside a run what it takes to understand and repeat it: the request that was carried out, the environment, and the
 * checkout that it was carried out in.
 */
@Singleton
final class Provenance {
    /** The whole request: network, hyperparameters, seed and dataset version. */
    static final String REQUEST = "training.json";

    static final String ENVIRONMENT = "environment.json";
    static final String DIFF = "diff.patch";

    private final Surroundings surroundings;
    private final RunFiles files;
    private final ModelFiles modelFiles;
    private final ArtifactStore artifacts;
    private final RunMetrics metrics;
    private final Callers callers;
    private final ObjectMapper json;

    Provenance(
            Surroundings surroundings,
            RunFiles files,
            ModelFiles modelFiles,
            ArtifactStore artifacts,
            RunMetrics metrics,
            Callers callers,
            ObjectMapper json) {
        this.surroundings = surroundings;
        this.files = files;
        this.modelFiles = modelFiles;
        this.artifacts = artifacts;
        this.metrics = metrics;
        this.callers = callers;
        this.json = json;
    }

    /** What is known before the run begins. */
    void keep(JobContext job, TrainInput input) throws InterruptedException {
        Map<String, Artifact> kept = new TreeMap<>();
        List<Param> tags = new ArrayList<>();
        tags.add(new Param("mlflow.source.type", "JOB"));
        tags.add(new Param("mlflow.source.name", "slipway train"));
        tags.add(new Param("mlflow.user", callers.current().subject()));
        kept.put(REQUEST, write(input.request()));
        Optional<GitCheckout> checkout = surroundings.checkout();
        if (checkout.isPresent()) {
            describe(checkout.get(), tags, kept, job);
        }
        files.put(job, input.run(), kept);
        metrics.log(input.run(), new LogBatch(List.of(), List.of(), tags));
    }

    /** What a training in this process is carried out with and in. */
    void keepEnvironment(JobContext job, RunId run, Engine engine) throws InterruptedException {
        files.put(job, run, Map.of(ENVIRONMENT, write(surroundings.environment(engine))));
    }

    /** The model, once it is trained. */
    void keepModel(JobContext job, RunId run, NetworkPlan plan, List<String> classes, Artifact onnx) {
        files.put(job, run, modelFiles.of(run, plan, classes, onnx));
    }

    private void describe(GitCheckout checkout, List<Param> tags, Map<String, Artifact> kept, JobContext job)
            throws InterruptedException {
        tags.add(new Param("mlflow.source.git.commit", checkout.commit()));
        checkout.branch().ifPresent(branch -> tags.add(new Param("mlflow.source.git.branch", branch)));
        checkout.remote().ifPresent(url -> tags.add(new Param("mlflow.source.git.repoURL", url)));
        Optional<byte[]> diff = checkout.diff();
        if (diff.isEmpty()) {
            job.log("what differs from the commit is too much to keep");
        } else if (diff.get().length > 0) {
            kept.put(DIFF, artifacts.put(diff.get()));
        }
        boolean dirty = diff.isEmpty() || diff.get().length > 0;
        tags.add(new Param("mlflow.source.git.dirty", Boolean.toString(dirty)));
    }

    private Artifact write(Object value) {
        try {
            return artifacts.put(json.writeValueAsBytes(value));
        } catch (IOException e) {
            throw SlipwayException.internal("training.provenance", "A record of the training has no JSON form.", e);
        }
    }
}
