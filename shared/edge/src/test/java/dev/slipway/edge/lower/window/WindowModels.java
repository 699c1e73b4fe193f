package dev.slipway.edge.lower.window;

import dev.slipway.onnx.OnnxModel;
import java.util.stream.Stream;

/** The models of this family's test. */
public final class WindowModels {
    private WindowModels() {}

    /** Models of few nodes each, together of every operator of the family. */
    public static Stream<OnnxModel> all() {
        return Stream.of(
                        WindowOperatorsTest.convolutions(),
                        WindowOperatorsTest.transposedConvolutions(),
                        WindowOperatorsTest.pools(),
                        WindowOperatorsTest.resizes(),
                        WindowOperatorsTest.samples())
                .flatMap(models -> models)
                .map(WindowModel::build);
    }
}
