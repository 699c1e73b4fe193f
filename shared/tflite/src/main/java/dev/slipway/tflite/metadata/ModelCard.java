package dev.slipway.tflite.metadata;

import java.util.List;

/**
 * What a model says about itself.
 *
 * @param license its name or text
 * @param inputs in the order of the model's inputs
 * @param outputs in the order of the model's outputs
 */
public record ModelCard(
        String name,
        String description,
        String version,
        String author,
        String license,
        List<InputCard> inputs,
        List<OutputCard> outputs) {
    public ModelCard {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
