package dev.slipway.store.s3;

import dev.slipway.kernel.Digest;
import java.util.Optional;
import java.util.UUID;

/**
 * The names of objects. Digests sort as their keys do.
 *
 * @param prefix what all of them begin with
 */
record Keys(String prefix) {
    String artifacts() {
        return prefix + "artifacts/";
    }

    String artifact(Digest digest) {
        return artifacts() + digest.hex();
    }

    /** The digest that a key below {@link #artifacts} ends with, if it is one of ours. */
    Optional<Digest> digest(String key) {
        String name = key.substring(artifacts().length());
        return name.matches("[0-9a-f]{64}") ? Optional.of(new Digest(name)) : Optional.empty();
    }

    String staging() {
        return prefix + "staging/";
    }

    String newStaging() {
        return staging() + UUID.randomUUID();
    }

    String markers() {
        return prefix + "removing/";
    }

    String markers(Digest digest) {
        return markers() + digest.hex() + "/";
    }

    String newMarker(Digest digest) {
        return markers(digest) + UUID.randomUUID();
    }
}
