package dev.slipway.edge.lower.elementwise;

import dev.slipway.onnx.OnnxModel;
import java.util.stream.Stream;

/** The models of this family's test. */
public final class ElementwiseModels {
    private ElementwiseModels() {}

    /** Models of few nodes each, together of every operator of the family. */
    public static Stream<OnnxModel> all() {
        return Cases.all().stream().map(Cases.Case::model);
    }
}
