package dev.slipway.benchmarks;

import dev.slipway.kernel.Digest;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.embedded.EmbeddedStores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts a file as an artifact, gets or deletes the one that is there, and prints how many seconds that took. */
final class ArtifactProgram {
    private ArtifactProgram() {}

    /** What to do (put, get or delete), the store's folder, and the file. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedStores stores = EmbeddedStores.open(Path.of(arguments[1]), InstantSource.system())) {
            ArtifactStore artifacts = stores.artifacts();
            long start = System.nanoTime();
            switch (arguments[0]) {
                case "put" -> put(artifacts, Path.of(arguments[2]));
                case "get" -> get(artifacts);
                case "delete" -> artifacts.delete(only(artifacts), Instant.MAX);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
            System.out.println((System.nanoTime() - start) / 1e9);
        }
    }

    private static void put(ArtifactStore artifacts, Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            artifacts.put(bytes, Optional.empty());
        }
    }

    /** Reads the only artifact to its end, which verifies it, as a download does that sends it on. */
    private static void get(ArtifactStore artifacts) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream bytes = artifacts.open(only(artifacts), 0, OptionalLong.empty())) {
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                // What comes is the store's to verify.
            }
        }
    }

    private static Digest only(ArtifactStore artifacts) {
        return artifacts.list(1, Optional.empty()).items().get(0).artifact().digest();
    }
}
