package dev.slipway.store.artifact;

import java.time.Instant;

/**
 * An artifact as a list shows it.
 *
 * @param put when its bytes were put last, by the store's own clock
 */
public record ListedArtifact(Artifact artifact, Instant put) {}
