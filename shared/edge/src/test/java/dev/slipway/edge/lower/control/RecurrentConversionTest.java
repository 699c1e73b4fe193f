package dev.slipway.edge.lower.control;

import static dev.slipway.onnx.AttributeValue.integer;
import static dev.slipway.onnx.AttributeValue.number;
import static dev.slipway.onnx.AttributeValue.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Converter;
import dev.slipway.edge.Target;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LSTM, GRU and RNN in every direction, at several batch sizes, with few, many and an open number of steps. */
class RecurrentConversionTest {
    private static final int FEATURES = 3;
    private static final int HIDDEN = 4;

    /**
     * A layer.
     *
     * @param steps -1 if open
     * @param lengths of the sequences, for a batch as long; empty if all are whole
     * @param weightsAreInputs whether the weights are computed when the model runs
     */
    record Layer(
            String operator,
            String direction,
            int steps,
            boolean states,
            boolean peepholes,
            List<Integer> lengths,
            boolean weightsAreInputs,
            Map<String, AttributeValue> attributes) {
        int gates() {
            return operator.equals("LSTM") ? 4 : operator.equals("GRU") ? 3 : 1;
        }

        int directions() {
            return direction.equals("bidirectional") ? 2 : 1;
        }

        Layer with(Map<String, AttributeValue> others) {
            return new Layer(operator, direction, steps, states, peepholes, lengths, weightsAreInputs, others);
        }
    }

    static Stream<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        for (String operator : List.of("LSTM", "GRU", "RNN")) {
            for (String direction : List.of("forward", "reverse", "bidirectional")) {
                for (int steps : List.of(1, 5, 40, -1)) {
                    layers.add(new Layer(operator, direction, steps, false, false, List.of(), false, Map.of()));
                }
                for (int steps : List.of(5, 20)) {
                    layers.add(new Layer(operator, direction, steps, true, false, List.of(5, 2, 1), false, Map.of()));
                }
            }
            Layer plain = new Layer(operator, "bidirectional", 4, true, false, List.of(), false, Map.of());
            layers.add(plain.with(Map.of("clip", number(0.2f))));
            for (int steps : List.of(4, 40)) {
                layers.add(new Layer(operator, "forward", steps, true, false, List.of(), true, Map.of()));
            }
        }
        for (int steps : List.of(4, 40)) {
            layers.add(new Layer("LSTM", "bidirectional", steps, true, true, List.of(), false, Map.of()));
            layers.add(new Layer("LSTM", "forward", steps, true, true, List.of(), true, Map.of()));
            layers.add(new Layer("GRU", "bidirectional", steps, true, false, List.of(), false, resetAfter()));
            layers.add(new Layer("GRU", "forward", steps, true, false, List.of(4, 1), true, resetAfter()));
        }
        layers.add(new Layer("LSTM", "forward", 4, true, true, List.of(), false, Map.of("input_forget", integer(1))));
        layers.add(new Layer("LSTM", "forward", 4, true, false, List.of(), false, Map.of())
                .with(functions("HardSigmoid", "Softsign", "Affine")));
        layers.add(new Layer("GRU", "bidirectional", 4, true, false, List.of(), false, Map.of())
                .with(functions("Sigmoid", "Elu", "HardSigmoid", "LeakyRelu")));
        for (String function :
                List.of("Relu", "Tanh", "Sigmoid", "ThresholdedRelu", "ScaledTanh", "Elu", "Softsign", "Softplus")) {
            layers.add(
                    new Layer("RNN", "forward", 3, true, false, List.of(), false, Map.of()).with(functions(function)));
        }
        return layers.stream();
    }

    private static Map<String, AttributeValue> resetAfter() {
        return Map.of("linear_before_reset", integer(1));
    }

    private static Map<String, AttributeValue> functions(String... names) {
        return Map.of(
                "activations", new AttributeValue.Texts(List.of(names)),
                "activation_alpha", new AttributeValue.Numbers(List.of(0.3f, 0.6f, 0.4f)),
                "activation_beta", new AttributeValue.Numbers(List.of(0.4f, 0.7f, 0.2f)));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void givesWhatOnnxRuntimeGives(Layer layer) {
        ConversionResult result = new Converter().convert(model(layer), ConversionOptions.to(Target.TFLITE));
        assertThat(result.parity().passed()).isTrue();
        assertThat(result.parity().outputs()).allMatch(output -> output.elements() > 0);
        boolean loops = layer.steps() == -1 || layer.steps() > 16;
        assertThat(result.operators().getOrDefault("WHILE", 0)).isEqualTo(loops ? layer.directions() : 0);
    }

    static dev.slipway.onnx.OnnxModel model(Layer layer) {
        int directions = layer.directions();
        int gates = layer.gates();
        Dimension batch = layer.lengths().isEmpty()
                ? Dimension.symbolic("N")
                : Dimension.fixed(layer.lengths().size());
        Dimension steps = layer.steps() == -1 ? Dimension.symbolic("T") : Dimension.fixed(layer.steps());
        OnnxGraphBuilder builder =
                OnnxGraphBuilder.named("layer").input("x", List.of(steps, batch, Dimension.fixed(FEATURES)));
        List<String> inputs = new ArrayList<>(List.of("x"));
        inputs.add(weights(builder, layer, "w", directions, gates * HIDDEN, FEATURES));
        inputs.add(weights(builder, layer, "r", directions, gates * HIDDEN, HIDDEN));
        inputs.add(weights(builder, layer, "b", directions, 2 * gates * HIDDEN));
        inputs.add("");
        if (!layer.lengths().isEmpty()) {
            inputs.set(4, "lengths");
            builder.initializer(lengths(layer.lengths()));
        }
        boolean twoStates = layer.operator().equals("LSTM");
        if (layer.states()) {
            for (String state : twoStates ? List.of("h", "c") : List.of("h")) {
                builder.input(state, List.of(Dimension.fixed(directions), batch, Dimension.fixed(HIDDEN)));
                inputs.add(state);
            }
        }
        if (layer.peepholes()) {
            inputs.add(weights(builder, layer, "p", directions, 3 * HIDDEN));
        }
        Map<String, AttributeValue> attributes = new TreeMap<>(layer.attributes());
        attributes.put("hidden_size", integer(HIDDEN));
        attributes.put("direction", text(layer.direction()));
        List<String> outputs = twoStates ? List.of("y", "y_h", "y_c") : List.of("y", "y_h");
        builder.node(new OnnxNode("layer", "", layer.operator(), inputs, outputs, attributes));
        outputs.forEach(builder::output);
        return builder.build();
    }

    private static String weights(OnnxGraphBuilder builder, Layer layer, String name, Integer... shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        SplittableRandom random = new SplittableRandom(name.hashCode());
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        if (layer.weightsAreInputs()) {
            List<Dimension> dimensions =
                    Stream.of(shape).map(length -> Dimension.fixed(length)).toList();
            builder.input(name, dimensions);
        } else {
            builder.initializer(OnnxTensor.float32(name, List.of(shape), values));
        }
        return name;
    }

    private static OnnxTensor lengths(List<Integer> lengths) {
        ByteBuffer data = ByteBuffer.allocate(lengths.size() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        lengths.forEach(data::putInt);
        return new OnnxTensor("lengths", ElementType.INT32, List.of(lengths.size()), data.flip());
    }
}
