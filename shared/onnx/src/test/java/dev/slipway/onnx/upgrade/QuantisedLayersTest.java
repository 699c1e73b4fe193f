package dev.slipway.onnx.upgrade;

import static dev.slipway.onnx.OnnxGraphBuilder.fixed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxWriter;
import dev.slipway.onnx.run.OnnxSession;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers with 8-bit weights are said by float ones, beside ONNX Runtime's own kernels for them. */
class QuantisedLayersTest {
    private static final int STEPS = 3;
    private static final int SAMPLES = 2;
    private static final int FEATURES = 4;
    private static final int HIDDEN = 8;
    private static final String CONTRIBUTED = "com.microsoft";

    @ParameterizedTest
    @CsvSource({"1, 1, false", "1, 32, true", "2, 1, true", "2, 32, false"})
    void recurrentWeightsStandForNumbers(int directions, int columns, boolean unsigned) {
        OnnxModel model = recurrent(CONTRIBUTED, directions, columns, unsigned);

        Map<String, OnnxTensor> ours = run(OpsetUpgrade.apply(model));
        Map<String, OnnxTensor> kernel = run(model);

        assertThat(OpsetUpgrade.apply(model).graph().nodes())
                .extracting(OnnxNode::operator)
                .contains("LSTM")
                .doesNotContain("DynamicQuantizeLSTM");
        // The kernel rounds inputs and states to 8 bits.
        kernel.forEach((name, tensor) -> assertThat(ours.get(name).floats())
                .as(name)
                .usingComparatorWithPrecision(0.02f)
                .containsExactly(tensor.floats()));
        assertThat(ours.keySet()).containsExactly("y", "h", "c");
    }

    @Test
    void exportersMayLeaveItsDomainOut() {
        assertThat(OpsetUpgrade.apply(recurrent("", 1, 1, true)).graph().nodes())
                .extracting(OnnxNode::operator)
                .contains("LSTM");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void attentionOfIntegersIsAttentionOfNumbers(boolean perColumn) {
        int width = 3 * HIDDEN;
        float[] scales = rising(perColumn ? width : 1);
        OnnxGraphBuilder graph = OnnxGraphBuilder.named("attention")
                .input("x", fixed(SAMPLES, STEPS, FEATURES))
                .initializer(OnnxTensor.float32("scale", List.of(), 0.02f))
                .initializer(bytes("zero", ElementType.UINT8, List.of(), 128))
                .initializer(weights("w", ElementType.INT8, FEATURES, width))
                .initializer(OnnxTensor.float32("bias", List.of(width), counted(width)))
                .initializer(OnnxTensor.float32("columns", perColumn ? List.of(width) : List.of(), scales))
                .node("QuantizeLinear", List.of("x", "scale", "zero"), "q")
                .node(new OnnxNode(
                        "",
                        CONTRIBUTED,
                        "QAttention",
                        List.of("q", "w", "bias", "scale", "columns", "", "zero"),
                        List.of("y"),
                        Map.of("num_heads", AttributeValue.integer(2))))
                .output("y");
        OnnxModel model = graph.build().withOpset(CONTRIBUTED, 1);

        float[] ours = run(OpsetUpgrade.apply(model)).get("y").floats();

        assertThat(ours)
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly(run(model).get("y").floats());
    }

    private static OnnxModel recurrent(String domain, int directions, int columns, boolean unsigned) {
        List<Integer> parameters = columns == 1 ? List.of(directions) : List.of(directions, columns);
        float[] scales = rising(directions * columns);
        ElementType type = unsigned ? ElementType.UINT8 : ElementType.INT8;
        int[] zeros = new int[directions * columns];
        Arrays.fill(zeros, unsigned ? 128 : 0);
        OnnxGraphBuilder graph = OnnxGraphBuilder.named("recurrent")
                .input("x", fixed(STEPS, SAMPLES, FEATURES))
                .initializer(weights("w", type, directions, FEATURES, 4 * HIDDEN))
                .initializer(weights("r", type, directions, HIDDEN, 4 * HIDDEN))
                .initializer(bytes("zero", type, parameters, zeros))
                .initializer(OnnxTensor.float32("b", List.of(directions, 8 * HIDDEN), counted(directions * 8 * HIDDEN)))
                .initializer(OnnxTensor.float32("scale", parameters, scales));
        List<String> inputs = List.of("x", "w", "r", "b", "", "", "", "", "scale", "zero", "scale", "zero");
        return graph.node(new OnnxNode(
                        "",
                        domain,
                        "DynamicQuantizeLSTM",
                        inputs,
                        List.of("y", "h", "c"),
                        Map.of(
                                "hidden_size",
                                AttributeValue.integer(HIDDEN),
                                "direction",
                                AttributeValue.text(directions == 2 ? "bidirectional" : "forward"))))
                .output("y")
                .output("h")
                .output("c")
                .build()
                .withOpset(CONTRIBUTED, 1);
    }

    /** Just as the model says it, not upgraded. */
    private static Map<String, OnnxTensor> run(OnnxModel said) {
        try (OnnxSession session = OnnxSession.open(OnnxWriter.write(said))) {
            List<Integer> lengths = session.inputs().get(0).shape().stream()
                    .map(length -> (int) ((Dimension.Fixed) length).length())
                    .toList();
            int size = lengths.stream().reduce(1, (a, b) -> a * b);
            return session.evaluate(Map.of("x", OnnxTensor.float32("x", lengths, counted(size))));
        }
    }

    private static OnnxTensor weights(String name, ElementType type, Integer... shape) {
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        int[] numbers = new int[size];
        int middle = type == ElementType.UINT8 ? 128 : 0;
        Arrays.setAll(numbers, i -> middle + (int) (100 * Math.sin(i * 1.7)));
        return bytes(name, type, List.of(shape), numbers);
    }

    private static OnnxTensor bytes(String name, ElementType type, List<Integer> shape, int... numbers) {
        ByteBuffer data = ByteBuffer.allocate(numbers.length);
        for (int number : numbers) {
            data.put((byte) number);
        }
        return new OnnxTensor(name, type, shape, data.flip());
    }

    private static float[] rising(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 0.005f + 0.0001f * i;
        }
        return values;
    }

    private static float[] counted(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) Math.sin(i * 0.37) / 2;
        }
        return values;
    }
}
