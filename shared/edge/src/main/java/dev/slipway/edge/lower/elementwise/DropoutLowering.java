package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.ElementTypes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** Dropout drops nothing outside training: the input, and a mask that is true everywhere. */
final class DropoutLowering implements Lowering {
    private static final int TRAINING = 2;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        boolean trains = context.constant(node, TRAINING)
                .filter(flag -> flag.data().get(0) != 0)
                .isPresent();
        if (trains) {
            throw context.refusal("random", "it drops values at random, as in training; export it for inference");
        }
        EdgeValue value = context.held(node, 0);
        context.define(node, value);
        if (context.wantsOutput(node, 1)) {
            TensorType type = ElementTypes.computed(context.outputFacts(node, 1).type());
            context.define(node, 1, ones(context.kernels(node), value, type));
        }
    }

    private static EdgeValue ones(Kernels kernels, EdgeValue like, TensorType type) {
        EdgeValue one = EdgeValue.scalar(type, 1);
        return Shapes.size(like.shape()) == 1
                ? one.reshaped(like.shape())
                : kernels.add(
                        BuiltinOperator.FILL,
                        new OperatorOptions.None(),
                        List.of(kernels.shape(like), one),
                        type,
                        like.shape());
    }
}
