package dev.slipway.store.artifact;

import dev.slipway.kernel.Digest;

/** A stored artifact and its size in bytes. */
public record Artifact(Digest digest, long size) {}
