package dev.slipway.training.executor;

import dev.slipway.kernel.SlipwayException;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** What the API server's refusals mean here. */
final class ClusterErrors {
    /** What may pass. */
    static final String UNREACHABLE = "training.kubernetes-unreachable";

    private static final int MOST_TEXT = 1000;

    private ClusterErrors() {}

    static boolean alreadyExists(KubernetesClientException e) {
        return e.getCode() == 409
                && e.getStatus() != null
                && "AlreadyExists".equals(e.getStatus().getReason());
    }

    static boolean interrupted(KubernetesClientException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    static SlipwayException of(KubernetesClientException e, String verb, String resource, String namespace) {
        String text = text(e);
        String what = verb + " " + resource + " in namespace " + namespace;
        return switch (e.getCode()) {
            case 401 ->
                SlipwayException.unauthenticated(
                        "training.kubernetes-account",
                        "The API server does not know who asks to " + what + " (" + text
                                + "): look whether the pod has a service account's token, or what the kubeconfig says.");
            case 403 -> forbidden(e, what, verb, resource, text);
            case 400, 404, 405, 409, 413, 415, 422 ->
                SlipwayException.invalid(
                        "training.kubernetes-refused",
                        "The API server refuses to " + what + ": " + text
                                + ". Mend slipway.training.kubernetes or its template.");
            default ->
                SlipwayException.unavailable(UNREACHABLE, "The API server can't " + what + " now: " + text + ".", e);
        };
    }

    private static SlipwayException forbidden(
            KubernetesClientException e, String what, String verb, String resource, String text) {
        if (text.contains("exceeded quota")) {
            return SlipwayException.unavailable(
                    "training.kubernetes-quota",
                    "The namespace's quota is used up, so it can't " + what + ": " + text,
                    e);
        }
        return SlipwayException.forbidden(
                "training.kubernetes-forbidden",
                "The API server forbids to " + what + ": the service account's Role needs the verb '" + verb + "' on '"
                        + resource + "' (" + text + ").");
    }

    private static String text(KubernetesClientException e) {
        boolean told = e.getStatus() != null && e.getStatus().getMessage() != null;
        String text = told ? e.getStatus().getMessage() : rootCause(e).toString();
        return text.substring(0, Math.min(text.length(), MOST_TEXT));
    }

    private static Throwable rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
