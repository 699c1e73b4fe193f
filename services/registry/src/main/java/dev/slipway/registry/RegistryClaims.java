package dev.slipway.registry;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelId;

/** The names of the claims that the registry takes. */
public final class RegistryClaims {
    private static final int MAX_KEY = 200;

    private RegistryClaims() {}

    /** Holds the id of the model of that name. */
    public static String model(String name) {
        return "model-name/" + name;
    }

    /** Holds the id of a model's channel. */
    public static String channel(ModelId model, String name) {
        return "channel-name/" + model + "/" + name;
    }

    /** Holds the id of the first release that delivered the file; nothing else may be downloaded. */
    public static String releasedFile(Digest digest) {
        return "released-file/" + digest;
    }

    /** Holds the id of the release that a job made. */
    static String releaseOf(JobId job) {
        return "release-of-job/" + job;
    }

    /** Holds the id of what a request with this key made. */
    static String idempotency(String operation, String key) {
        if (key.isBlank() || key.length() > MAX_KEY) {
            throw SlipwayException.invalid(
                    "registry.idempotency-key", "An idempotency key has 1 to " + MAX_KEY + " characters.");
        }
        return "idempotency/" + operation + "/" + key;
    }
}
