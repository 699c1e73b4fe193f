package dev.slipway.onnx;

import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;

/** Finds the elements of tensors that are not in the model file itself. */
interface ExternalData {

    /** Fails with {@code onnx.external-data} where they can't be had. */
    ByteBuffer find(ExternalReference reference);

    /** For models that came without a folder. */
    static ExternalData none() {
        return reference -> {
            throw refused(reference.tensor(), "the model came as bytes, without a folder; read it by its path");
        };
    }

    static SlipwayException refused(String tensor, String why) {
        return SlipwayException.invalid(
                "onnx.external-data",
                "The elements of tensor '" + Names.shown(tensor) + "' are in another file, which is not read: " + why
                        + ".");
    }
}
