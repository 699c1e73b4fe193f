package dev.slipway.tflite.metadata;

import java.util.Optional;

/**
 * What a model says about an output.
 *
 * @param labels the names of the last axis's indexes, if they have names
 */
public record OutputCard(String name, String description, Optional<LabelFile> labels) {}
