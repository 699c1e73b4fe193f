package dev.slipway.training.executor;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.training.train.WorkerSettings;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.Objects;

/**
 * How trainings run as Jobs of Kubernetes.
 *
 * @param kubeconfig the file that leads to the API server; null for what a pod, or {@code KUBECONFIG}, knows
 * @param server the address under which their pods reach the training service
 * @param image of the worker, Slipway's own; null if the template names it
 * @param namespace of the Jobs; null for this process's own
 * @param template the file of a PodTemplate's {@code template}, whose container {@code training} is the worker; null for the
 *     one that comes with Slipway
 * @param timeout from a Job's start to its end
 * @param startTimeout how long a pod may wait for a node, an image or a quota
 * @param keepFinished how long Kubernetes keeps a Job that ended while no Slipway was there to remove it
 * @param poll how often a Job is looked at
 */
@ConfigurationProperties("slipway.training.kubernetes")
record KubernetesSettings(
        @Nullable String kubeconfig,
        @Nullable String server,
        @Nullable String image,
        @Nullable String namespace,
        @Nullable String template,
        @Bindable(defaultValue = "6h") Duration timeout,
        @Bindable(defaultValue = "15m") Duration startTimeout,
        @Bindable(defaultValue = "1h") Duration keepFinished,
        @Bindable(defaultValue = "2s") Duration poll) {
    private static final Duration LONGEST = Duration.ofDays(90);

    /** Fails with {@code training.kubernetes} unless Jobs can be made by it. */
    void check() {
        if (server == null || !WorkerSettings.isAddress(server)) {
            throw wrong(
                    "server",
                    "the address under which pods reach this service, such as http://slipway-training:8080",
                    server);
        }
        within("timeout", timeout, Duration.ofSeconds(1));
        within("start-timeout", startTimeout, Duration.ofSeconds(1));
        within("keep-finished", keepFinished, Duration.ZERO);
        within("poll", poll, Duration.ofMillis(10));
    }

    /** Where pods reach the training service; checked before. */
    String address() {
        return Objects.requireNonNull(server);
    }

    private static void within(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw wrong(name, "a time from " + least.toMillis() + "ms to " + LONGEST.toDays() + "d", value);
        }
    }

    static SlipwayException wrong(String name, String meaning, @Nullable Object value) {
        return SlipwayException.invalid(
                "training.kubernetes",
                "slipway.training.kubernetes." + name + " has to be " + meaning + "; it is "
                        + (value == null ? "missing." : "'" + value + "'."));
    }
}
