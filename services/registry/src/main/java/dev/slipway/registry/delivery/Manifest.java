package dev.slipway.registry.delivery;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What a channel delivers; the payload of a signed manifest.
 *
 * @param number rises with each manifest of the channel; a device keeps the greatest it has seen and takes no lower one
 * @param release the number of the release within the model
 * @param version the number of the version within the model
 * @param classes the labels, in the order of the model's outputs
 * @param inputShape the shape of one sample
 * @param issued UTC milliseconds
 */
@Serdeable
public record Manifest(
        String model,
        String channel,
        long number,
        int release,
        int version,
        List<ManifestFile> files,
        List<String> classes,
        List<Integer> inputShape,
        long issued) {}
