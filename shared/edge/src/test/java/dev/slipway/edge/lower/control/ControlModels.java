package dev.slipway.edge.lower.control;

import dev.slipway.onnx.OnnxModel;
import java.util.stream.Stream;

/** The models of this family's tests. */
public final class ControlModels {
    private ControlModels() {}

    /** Models of few nodes each, together of every operator of the family. */
    public static Stream<OnnxModel> all() {
        return Stream.concat(
                ControlFlowConversionTest.cases().map(ControlFlowConversionTest.Case::model),
                RecurrentConversionTest.layers().map(RecurrentConversionTest::model));
    }
}
