package dev.slipway.edge.lower.quantised;

import dev.slipway.onnx.OnnxModel;
import java.util.stream.Stream;

/** The models of this family's test. */
public final class QuantisedModels {
    private QuantisedModels() {}

    /** Models of few nodes each, together of every operator of the family. */
    public static Stream<OnnxModel> all() {
        return QuantisedConversionTest.cases().map(QuantisedConversionTest.Case::model);
    }
}
