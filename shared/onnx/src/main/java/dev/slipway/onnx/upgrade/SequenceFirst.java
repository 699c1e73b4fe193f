package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ONNX Runtime has recurrent layers only with the steps, not the samples, on the first axis: {@code layout} 0. */
final class SequenceFirst implements NodeRule {
    private static final int FIRST_STATE = 5;
    private static final int LAST_STATE = 6;
    private static final List<Long> SWAPPED = List.of(1L, 0L, 2L);
    // [steps, directions, samples, features] to [samples, steps, directions, features]
    private static final List<Long> SAMPLES_FIRST = List.of(2L, 0L, 1L, 3L);

    @Override
    public boolean concerns(String operator) {
        return operator.equals("RNN") || operator.equals("GRU") || operator.equals("LSTM");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        if (node.integer("layout").orElse(0L) != 1) {
            return List.of(node);
        }
        List<OnnxNode> before = new ArrayList<>();
        List<String> inputs = new ArrayList<>(node.inputs());
        for (int index : new int[] {0, FIRST_STATE, LAST_STATE}) {
            node.input(index).ifPresent(name -> {
                OnnxNode swap = context.node("Transpose", List.of(name), name, permutation(SWAPPED));
                before.add(swap);
                inputs.set(index, swap.outputs().get(0));
            });
        }
        List<OnnxNode> after = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < node.outputs().size(); i++) {
            String name = node.outputs().get(i);
            String made = name.isEmpty() ? "" : context.fresh(name + "_steps");
            outputs.add(made);
            if (!name.isEmpty()) {
                List<Long> order = i == 0 ? SAMPLES_FIRST : SWAPPED;
                after.add(new OnnxNode("", "", "Transpose", List.of(made), List.of(name), permutation(order)));
            }
        }
        before.add(Attributes.without(node, "layout").withInputs(inputs).withOutputs(outputs));
        before.addAll(after);
        return before;
    }

    private static Map<String, AttributeValue> permutation(List<Long> axes) {
        return Map.of("perm", new AttributeValue.Integers(axes));
    }
}
