package dev.slipway.standalone.fetch;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * The verified payload of a delivery manifest.
 *
 * @param number rises with each change of the channel
 * @param release the release's number within the model
 * @param version the model version's number
 * @param classes the labels, in the order of the model's outputs
 * @param inputShape the shape of one sample
 */
@Serdeable
public record Manifest(
        String model,
        String channel,
        long number,
        int release,
        int version,
        List<Entry> files,
        List<String> classes,
        List<Integer> inputShape) {
    /**
     * A file of the release.
     *
     * @param path where it is served, relative to the server's address
     */
    @Serdeable
    public record Entry(String target, String precision, String sha256, long size, String path) {}
}
