package dev.slipway.edge.lower.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.Converter;
import dev.slipway.edge.EdgeRunner;
import dev.slipway.edge.Target;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxWriter;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Composed functions against double precision: from very small arguments to large ones. */
class FunctionsTest {
    private static final double TOLERANCE = 1e-6;
    private static final int POINTS = 400;

    record Function(String operator, double least, double most, DoubleUnaryOperator exact) {
        @Override
        public String toString() {
            return operator;
        }
    }

    static Stream<Function> functions() {
        return Stream.of(
                new Function("Tan", 1e-7, 1.5, Math::tan),
                new Function("Asin", 1e-7, 1, Math::asin),
                new Function("Acos", 1e-7, 0.99, Math::acos),
                new Function("Atan", 1e-7, 1e7, Math::atan),
                // Of larger arguments XNNPACK's EXP is itself less precise.
                new Function("Sinh", 1e-7, 8, Math::sinh),
                new Function("Cosh", 1e-7, 8, Math::cosh),
                new Function("Asinh", 1e-7, 1e20, FunctionsTest::areaSine),
                new Function("Acosh", 1.001, 1e20, x -> Math.log(x + Math.sqrt(x - 1) * Math.sqrt(x + 1))),
                new Function("Atanh", 1e-7, 0.999, x -> (Math.log1p(x) - Math.log1p(-x)) / 2),
                new Function("Erf", 1e-7, 6, FunctionsTest::error),
                new Function("Softplus", 1e-7, 50, x -> Math.log1p(Math.exp(x))));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void areAsPreciseAsFloats(Function function) {
        float[] arguments = arguments(function);
        byte[] model = OnnxWriter.write(OnnxGraphBuilder.named("function")
                .input("x", OnnxGraphBuilder.fixed(POINTS))
                .node(function.operator(), List.of("x"), "y")
                .output("y")
                .build());
        byte[] file = new Converter()
                .convert(model, ConversionOptions.to(Target.TFLITE))
                .file();
        try (EdgeRunner runner = EdgeRunner.open(Target.TFLITE, file)) {
            float[] values = runner.run(new Tensor(List.of(POINTS), arguments)).values();
            for (int i = 0; i < POINTS; i++) {
                double exact = function.exact().applyAsDouble(arguments[i]);
                assertThat(Math.abs(values[i] - exact))
                        .as("at %s: %s for %s", arguments[i], values[i], exact)
                        .isLessThanOrEqualTo(TOLERANCE * Math.abs(exact));
            }
        }
    }

    /** Evenly spaced magnitudes. */
    private static float[] arguments(Function function) {
        float[] arguments = new float[POINTS];
        double ratio = function.most() / function.least();
        for (int i = 0; i < POINTS; i++) {
            arguments[i] = (float) (function.least() * Math.pow(ratio, i / (POINTS - 1d)));
        }
        arguments[POINTS - 1] = (float) function.most();
        return arguments;
    }

    private static double areaSine(double x) {
        double square = x * x;
        return Math.log1p(x + square / (1 + Math.sqrt(1 + square)));
    }

    /** By its Taylor series, which doubles carry far enough. */
    private static double error(double x) {
        double bounded = Math.min(x, 4.5);
        double sum = 0;
        double term = bounded;
        for (int n = 0; n < 120; n++) {
            sum += term / (2 * n + 1);
            term *= -bounded * bounded / (n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }
}
