package dev.slipway.training.executor;

import dev.slipway.kernel.id.JobId;
import dev.slipway.training.train.WorkerSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;

/** How a training looks in Kubernetes: a Job, and a Secret that goes with it. Their name follows from the job's id. */
final class TrainingJob {
    /** The job's id, on the Job and its pods. */
    static final String JOB_LABEL = "slipway.dev/job";

    /** The id of the token in the Secret, on the Job. */
    static final String TOKEN_ANNOTATION = "slipway.dev/token";

    /** What Kubernetes itself names the pods of a Job by. */
    static final String NAME_LABEL = "batch.kubernetes.io/job-name";

    private static final String RUN_LABEL = "slipway.dev/run";
    private static final String TOKEN_KEY = "token";
    private static final List<String> ARGUMENTS = List.of("run", "train");

    private TrainingJob() {}

    static String name(JobId job) {
        return "slipway-train-" + job;
    }

    static Job job(
            JobId id, WorkerSettings worker, String token, KubernetesSettings settings, PodTemplateSpec template) {
        Map<String, String> labels = Map.of(
                "app.kubernetes.io/managed-by",
                "slipway",
                JOB_LABEL,
                id.value(),
                RUN_LABEL,
                worker.run().value());
        return new JobBuilder()
                .withNewMetadata()
                .withName(name(id))
                .withLabels(labels)
                .withAnnotations(Map.of(TOKEN_ANNOTATION, token))
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(0)
                .withActiveDeadlineSeconds(settings.timeout().toSeconds())
                .withTtlSecondsAfterFinished((int) settings.keepFinished().toSeconds())
                .withTemplate(pod(id, worker, labels, template))
                .endSpec()
                .build();
    }

    private static PodTemplateSpec pod(
            JobId id, WorkerSettings worker, Map<String, String> labels, PodTemplateSpec template) {
        return new PodTemplateSpecBuilder(template)
                .editOrNewMetadata()
                .addToLabels(labels)
                .endMetadata()
                .editSpec()
                .withRestartPolicy("Never")
                .withContainers(template.getSpec().getContainers().stream()
                        .map(container -> PodTemplate.isWorker(container) ? worker(container, id, worker) : container)
                        .toList())
                .endSpec()
                .build();
    }

    private static Container worker(Container container, JobId id, WorkerSettings worker) {
        return new ContainerBuilder(container)
                .withArgs(ARGUMENTS)
                .addAllToEnv(List.of(
                        variable(WorkerSettings.SERVER, worker.server().toString()),
                        variable(WorkerSettings.RUN, worker.run().value()),
                        variable(WorkerSettings.WORKSPACE, worker.workspace()),
                        new EnvVarBuilder()
                                .withName(WorkerSettings.TOKEN)
                                .withNewValueFrom()
                                .withNewSecretKeyRef(TOKEN_KEY, name(id), false)
                                .endValueFrom()
                                .build()))
                // What the worker says last is its reason, which the API then tells with the exit code.
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .build();
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    /** Removed by Kubernetes together with the Job, whoever removes that. */
    static Secret secret(Job owner, String secret) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(owner.getMetadata().getName())
                .withLabels(owner.getMetadata().getLabels())
                .addNewOwnerReference()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withImmutable(true)
                .withType("Opaque")
                .withStringData(Map.of(TOKEN_KEY, secret))
                .build();
    }
}
