package dev.slipway.edge.lower.movement;

import dev.slipway.onnx.OnnxModel;
import java.util.stream.Stream;

/** The models of this family's test. */
public final class MovementModels {
    private MovementModels() {}

    /** Models of few nodes each, together of every operator of the family. */
    public static Stream<OnnxModel> all() {
        return MovementConversionTest.examples().map(Example::model);
    }
}
