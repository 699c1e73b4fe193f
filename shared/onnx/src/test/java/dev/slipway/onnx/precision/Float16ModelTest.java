package dev.slipway.onnx.precision;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.OnnxWriter;
import dev.slipway.onnx.run.OnnxSession;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class Float16ModelTest {

    @Test
    void aModelBecomesHalfAsLargeAndKeepsItsInterface() {
        float[] weights = randoms(64 * 64);
        OnnxModel model = OnnxGraphBuilder.named("dense")
                .input("x", batch("N", 64))
                .initializer(OnnxTensor.float32("w", List.of(64, 64), weights))
                .node("MatMul", List.of("x", "w"), "m")
                .node("Softmax", List.of("m"), "y")
                .output("y", batch("N", 64))
                .build();
        OnnxModel half = Float16Model.of(model);
        assertThat(half.graph().inputs()).isEqualTo(model.graph().inputs());
        assertThat(half.graph().outputs()).isEqualTo(model.graph().outputs());
        assertThat((double) OnnxWriter.write(half).length / OnnxWriter.write(model).length)
                .isCloseTo(0.5, within(0.05));
        Tensor input = new Tensor(List.of(3, 64), randoms(3 * 64));
        assertClose(model, half, input, 0.02f);
    }

    @Test
    void controlFlowAndOperatorsForFullNumbersKeepWorking() {
        OnnxGraph body = new OnnxGraph(
                "body",
                List.of(new OnnxNode("", "", "Mul", List.of("m", "two"), List.of("inner"), Map.of())),
                List.of(),
                List.of(),
                List.of(OnnxValue.undeclared("inner")),
                List.of());
        OnnxModel model = OnnxGraphBuilder.named("mixed")
                .input("x", batch("N", 4))
                .initializer(OnnxTensor.float32("two", List.of(), 2))
                .initializer(new OnnxTensor("condition", ElementType.BOOL, List.of(), ByteBuffer.wrap(new byte[] {1})))
                .node(
                        "Constant",
                        List.of(),
                        "offset",
                        Map.of("value", new AttributeValue.TensorValue(OnnxTensor.float32("", List.of(1), 0.25f))))
                .node("Add", List.of("x", "offset"), "a")
                .node("Mul", List.of("a", "two"), "m")
                .node(
                        "If",
                        List.of("condition"),
                        "chosen",
                        Map.of(
                                "then_branch",
                                new AttributeValue.GraphValue(body),
                                "else_branch",
                                new AttributeValue.GraphValue(body)))
                .node("Celu", List.of("chosen"), "c")
                .node("Cast", List.of("c"), "i", Map.of("to", AttributeValue.integer(7)))
                .node("Cast", List.of("i"), "f", Map.of("to", AttributeValue.integer(1)))
                .node("Add", List.of("f", "c"), "y")
                .output("y")
                .build();
        assertClose(model, Float16Model.of(model), new Tensor(List.of(1, 4), new float[] {1, 2, 3, 4}), 0.05f);
    }

    @Test
    void aConstantThatIsTooLargeKeepsItsNodeAtFullPrecision() {
        OnnxModel model = OnnxGraphBuilder.named("large")
                .input("x", batch("N", 1))
                .initializer(OnnxTensor.float32("huge", List.of(1), 1e8f))
                .node("Div", List.of("x", "huge"), "small")
                .node("Mul", List.of("small", "huge"), "y")
                .output("y")
                .build();
        assertClose(model, Float16Model.of(model), new Tensor(List.of(1, 1), new float[] {3}), 0.01f);
    }

    @Test
    void aMaskOfTheLowestNumberMasksStill() {
        OnnxModel model = OnnxGraphBuilder.named("mask")
                .input("x", batch("N", 2))
                .initializer(OnnxTensor.float32("mask", List.of(2), 0, -Float.MAX_VALUE))
                .node("Add", List.of("x", "mask"), "masked")
                .node("Softmax", List.of("masked"), "y")
                .output("y")
                .build();
        assertClose(model, Float16Model.of(model), new Tensor(List.of(1, 2), new float[] {1, 1}), 0.001f);
    }

    @Test
    void roundingFollowsTheFormat() {
        assertThat(HalfFloat.of(0f)).isEqualTo((short) 0);
        assertThat(HalfFloat.of(-0f)).isEqualTo((short) 0x8000);
        assertThat(HalfFloat.of(1f)).isEqualTo((short) 0x3C00);
        assertThat(HalfFloat.of(-2f)).isEqualTo((short) 0xC000);
        assertThat(HalfFloat.of(65504f)).isEqualTo((short) 0x7BFF);
        assertThat(HalfFloat.of(1e9f)).as("saturates").isEqualTo((short) 0x7BFF);
        assertThat(HalfFloat.of(Float.POSITIVE_INFINITY)).isEqualTo((short) 0x7C00);
        assertThat(HalfFloat.of(0x1p-14f)).as("the smallest normal").isEqualTo((short) 0x0400);
        assertThat(HalfFloat.of(0x1p-24f)).as("the smallest").isEqualTo((short) 0x0001);
        assertThat(HalfFloat.of(1e-12f)).as("not zero").isEqualTo((short) 0x0001);
        assertThat(HalfFloat.of(2049f)).as("ties to even").isEqualTo(HalfFloat.of(2048f));
        assertThat(HalfFloat.of(2051f)).as("ties to even").isEqualTo(HalfFloat.of(2052f));
        assertThat(HalfFloat.of(Float.NaN) & 0x7FFF).isGreaterThan(0x7C00);
    }

    @Property(tries = 300)
    void roundingLosesNoMoreThanHalfOfTheLastBit(@ForAll @FloatRange(min = -65000, max = 65000) float value) {
        float error = Math.abs(toFloat(HalfFloat.of(value)) - value);
        assertThat(error).isLessThanOrEqualTo(Math.max(Math.abs(value) / 2048, 0x1p-24f));
    }

    private static float toFloat(short half) {
        int exponent = (half >> 10) & 31;
        int fraction = half & 1023;
        float magnitude = exponent == 0 ? Math.scalb(fraction, -24) : Math.scalb(1024 + fraction, exponent - 25);
        return half < 0 ? -magnitude : magnitude;
    }

    private static void assertClose(OnnxModel full, OnnxModel half, Tensor input, float tolerance) {
        try (OnnxSession expected = OnnxSession.open(full);
                OnnxSession actual = OnnxSession.open(OnnxWriter.write(half))) {
            float[] values = actual.run(input).values();
            float[] wanted = expected.run(input).values();
            assertThat(values).hasSameSizeAs(wanted);
            for (int i = 0; i < wanted.length; i++) {
                assertThat(values[i]).isCloseTo(wanted[i], within(tolerance));
            }
        }
    }

    private static float[] randoms(int size) {
        Random random = new Random(7);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
