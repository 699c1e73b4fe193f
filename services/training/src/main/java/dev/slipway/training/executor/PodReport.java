package dev.slipway.training.executor;

import dev.slipway.kernel.SlipwayException;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the pods of a training tell of themselves: why they don't start, and how they ended. */
record PodReport(String job, List<Pod> pods) {
    /** How {@code slipway} ends its standard error when it fails. */
    private static final Pattern OWN_WORDS = Pattern.compile("slipway: (.+) \\[([a-z.-]+)]\\s*$");

    /** Whether the worker has begun. */
    boolean started() {
        return statuses().stream()
                .map(ContainerStatus::getState)
                .anyMatch(state -> state != null && (state.getRunning() != null || state.getTerminated() != null));
    }

    /** Why the worker has not begun. */
    String obstacle() {
        if (pods.isEmpty()) {
            return "no pod was made; 'kubectl describe job " + job + "' tells why";
        }
        return waiting().or(this::unschedulable).orElse("its pod is starting");
    }

    private Optional<String> waiting() {
        return pods.stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .map(ContainerState::getWaiting)
                .filter(waiting -> waiting != null && waiting.getReason() != null)
                .map(PodReport::text)
                .findFirst();
    }

    private static String text(ContainerStateWaiting waiting) {
        return waiting.getReason() + (waiting.getMessage() == null ? "" : ": " + waiting.getMessage());
    }

    private Optional<String> unschedulable() {
        return pods.stream()
                .flatMap(pod -> pod.getStatus().getConditions().stream())
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .map((PodCondition condition) -> condition.getReason() + ": " + condition.getMessage())
                .findFirst();
    }

    /** Why the worker failed: with its own error when it told one. */
    SlipwayException failure() {
        Optional<ContainerStateTerminated> end = statuses().stream()
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .map(ContainerState::getTerminated)
                .filter(Objects::nonNull)
                .findFirst();
        if (end.isEmpty()) {
            return failed(pods.stream()
                    .filter(pod -> pod.getStatus().getReason() != null)
                    .map(pod ->
                            pod.getStatus().getReason() + ": " + pod.getStatus().getMessage())
                    .findFirst()
                    .orElse("its pod is gone, as when a node is lost or drained"));
        }
        String told = Objects.requireNonNullElse(end.get().getMessage(), "").strip();
        Matcher own = OWN_WORDS.matcher(told);
        if (own.find()) {
            return SlipwayException.invalid(own.group(2), own.group(1));
        }
        if ("OOMKilled".equals(end.get().getReason())) {
            return failed("its memory did not suffice (OOMKilled); raise the limit in the template");
        }
        return failed("its worker ended with exit code " + end.get().getExitCode()
                + (told.isEmpty() ? "" : ": " + lastLine(told)));
    }

    private SlipwayException failed(String why) {
        return SlipwayException.invalid("training.pod-failed", "The training's Job " + job + " failed: " + why + ".");
    }

    private static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    private List<ContainerStatus> statuses() {
        return pods.stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .filter(status -> PodTemplate.CONTAINER.equals(status.getName()))
                .toList();
    }
}
