package dev.slipway.edge.decompose;

import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.Arrays;
import java.util.List;

/**
 * In inference y = x · s + t per channel with s = scale / √(variance + ε) and t = bias − mean · s. With constant
 * statistics s and t are constants too, which the next probe computes.
 */
final class BatchNormalizationDecomposition implements Decomposition {
    private static final float DEFAULT_EPSILON = 1e-5f;

    @Override
    public boolean applies(OnnxNode node, ProbedModel model) {
        boolean oneOutput =
                node.outputs().stream().filter(name -> !name.isEmpty()).count() == 1;
        return oneOutput
                && node.integer("training_mode").orElse(0L) == 0
                && model.of(node.inputs().get(0)).isPresent();
    }

    @Override
    public void decompose(OnnxNode node, ProbedModel model, Parts parts) {
        String output = node.outputs().get(0);
        List<String> in = node.inputs();
        long[] perChannel = new long[model.of(in.get(0)).orElseThrow().rank()];
        Arrays.fill(perChannel, 1);
        if (perChannel.length > 1) {
            perChannel[1] = -1;
        }
        String epsilon = parts.constant(OnnxTensor.float32(
                output + "/epsilon", List.of(), node.number("epsilon").orElse(DEFAULT_EPSILON)));
        String shape =
                parts.constant(OnnxTensor.int64(output + "/per_channel", List.of(perChannel.length), perChannel));
        String sum = parts.node(node, "Add", List.of(in.get(4), epsilon), output + "/variance");
        String deviation = parts.node(node, "Sqrt", List.of(sum), output + "/deviation");
        String scale = parts.node(node, "Div", List.of(in.get(1), deviation), output + "/scale");
        String mean = parts.node(node, "Mul", List.of(in.get(3), scale), output + "/mean");
        String shift = parts.node(node, "Sub", List.of(in.get(2), mean), output + "/shift");
        String scales = parts.node(node, "Reshape", List.of(scale, shape), output + "/scales");
        String shifts = parts.node(node, "Reshape", List.of(shift, shape), output + "/shifts");
        String scaled = parts.node(node, "Mul", List.of(in.get(0), scales), output + "/scaled");
        parts.node(node, "Add", List.of(scaled, shifts), output);
    }
}
