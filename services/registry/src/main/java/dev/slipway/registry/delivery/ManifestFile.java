package dev.slipway.registry.delivery;

import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.kernel.Digest;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A file of a release, as a manifest names it.
 *
 * @param layout the order of axes of its image inputs and outputs: the model's, or channels last
 * @param sha256 of its bytes
 * @param size in bytes
 * @param path of its address, on the server that gave the manifest
 */
@Serdeable
public record ManifestFile(Target target, Precision precision, Layout layout, Digest sha256, long size, String path) {
    public static ManifestFile of(ModelFile file) {
        return new ManifestFile(
                file.target(),
                file.precision(),
                file.layout(),
                file.artifact(),
                file.size(),
                DeliveryController.PATH + "/files/" + file.artifact());
    }
}
