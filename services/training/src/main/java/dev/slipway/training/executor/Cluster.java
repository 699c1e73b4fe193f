package dev.slipway.training.executor;

import dev.slipway.kernel.SlipwayException;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The few calls to the API server that trainings need, each named with its verb and resource as a Role names them. What fails
 * is a {@link SlipwayException}: see {@link ClusterErrors}.
 */
@Singleton
final class Cluster {
    private static final int TRIES = 2;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int LOG_LINES = 100;
    private static final int LOG_BYTES = 64 << 10;

    private final KubernetesClient client;
    private final String namespace;

    Cluster(KubernetesSettings settings) {
        settings.check();
        Config config = config(settings);
        config.setRequestRetryBackoffLimit(TRIES);
        config.setConnectionTimeout((int) CONNECT.toMillis());
        config.setRequestTimeout((int) ANSWER.toMillis());
        this.namespace = settings.namespace() == null ? config.getNamespace() : settings.namespace();
        if (namespace == null) {
            throw KubernetesSettings.wrong("namespace", "set outside of a pod", null);
        }
        this.client = new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Config config(KubernetesSettings settings) {
        if (settings.kubeconfig() == null) {
            return Config.autoConfigure(null);
        }
        try {
            return Config.fromKubeconfig(new File(settings.kubeconfig()));
        } catch (RuntimeException e) {
            throw KubernetesSettings.wrong("kubeconfig", "a kubeconfig file that can be read", settings.kubeconfig());
        }
    }

    String namespace() {
        return namespace;
    }

    Optional<Job> job(String name) throws InterruptedException {
        return Optional.ofNullable(call("get", "jobs", () -> client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(name)
                .get()));
    }

    /** Empty when there is one of that name. */
    Optional<Job> create(Job job) throws InterruptedException {
        return created("jobs", () -> client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .resource(job)
                .create());
    }

    /** False when there is one of that name. */
    boolean create(Secret secret) throws InterruptedException {
        return created("secrets", () -> client.secrets()
                        .inNamespace(namespace)
                        .resource(secret)
                        .create())
                .isPresent();
    }

    /** Whether there is a Secret of its name, without the right to read it. */
    boolean exists(Secret secret) throws InterruptedException {
        return created("secrets", () -> client.secrets()
                        .inNamespace(namespace)
                        .resource(secret)
                        .dryRun()
                        .create())
                .isEmpty();
    }

    /** Removes the Job, and all that belongs to it soon after. Nothing happens when there is none. */
    void delete(String name) throws InterruptedException {
        call("delete", "jobs", () -> client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(name)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete());
    }

    /** The pods with a label. */
    List<Pod> pods(String label, String value) throws InterruptedException {
        return call("list", "pods", () -> client.pods()
                .inNamespace(namespace)
                .withLabel(label, value)
                .list()
                .getItems());
    }

    /** The last lines that the worker in a pod has written; of a pod that is gone, none. */
    List<String> log(String pod) throws InterruptedException {
        // The client's own method waits for the pod by a watch, for which one more right would be needed.
        String path = "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/log?container=" + PodTemplate.CONTAINER
                + "&tailLines=" + LOG_LINES + "&limitBytes=" + LOG_BYTES;
        return Optional.ofNullable(call("get", "pods/log", () -> client.raw(path))).stream()
                .flatMap(String::lines)
                .toList();
    }

    private <T> Optional<T> created(String resource, Supplier<T> request) throws InterruptedException {
        return call("create", resource, () -> {
            try {
                return Optional.of(request.get());
            } catch (KubernetesClientException e) {
                if (ClusterErrors.alreadyExists(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private <T> T call(String verb, String resource, Supplier<T> request) throws InterruptedException {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            if (Thread.interrupted() || ClusterErrors.interrupted(e)) {
                throw new InterruptedException("the API server was asked to " + verb + " " + resource);
            }
            throw ClusterErrors.of(e, verb, resource, namespace);
        }
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
