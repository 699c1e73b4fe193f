package dev.slipway.tflite.metadata;

import java.util.Optional;

/**
 * What a model says about an input.
 *
 * @param normalization what the caller is to do to its values, if anything
 */
public record InputCard(String name, String description, Content content, Optional<Normalization> normalization) {}
