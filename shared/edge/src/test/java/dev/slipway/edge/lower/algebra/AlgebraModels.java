package dev.slipway.edge.lower.algebra;

import dev.slipway.onnx.OnnxModel;
import java.util.stream.Stream;

/** The models of this family's test. */
public final class AlgebraModels {
    private AlgebraModels() {}

    /** Models of few nodes each, together of every operator of the family. */
    public static Stream<OnnxModel> all() {
        return Stream.of(
                        AlgebraConversionTest.products(),
                        AlgebraConversionTest.shares(),
                        AlgebraConversionTest.normalisations(),
                        AlgebraConversionTest.attentions(),
                        AlgebraConversionTest.losses(),
                        AlgebraConversionTest.signals(),
                        AlgebraConversionTest.additions())
                .flatMap(models -> models)
                .map(AlgebraModel::build);
    }
}
