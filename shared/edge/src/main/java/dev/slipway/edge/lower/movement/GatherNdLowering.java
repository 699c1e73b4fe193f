package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.ArrayList;
import java.util.List;

/** GatherND: GATHER_ND, or GATHER at flat places where the first axes are a batch. */
final class GatherNdLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = context.held(node, 0);
        EdgeValue given = context.held(node, 1);
        int batch = Math.toIntExact(node.integer("batch_dims").orElse(0L));
        int depth = given.shape().get(given.rank() - 1);
        if (depth == -1) {
            throw context.refusal("several-open-lengths", "how many axes its indices name is not known");
        }
        List<Length> lengths = LengthArithmetic.of(value);
        FlatPlaces places = new FlatPlaces(kernels);
        if (batch == 0) {
            EdgeValue indices = places.fromStart(given, lengths.subList(0, depth));
            List<Integer> shape = new ArrayList<>(indices.shape().subList(0, indices.rank() - 1));
            shape.addAll(value.shape().subList(depth, value.rank()));
            context.define(
                    node,
                    kernels.add(
                            BuiltinOperator.GATHER_ND,
                            new OperatorOptions.None(),
                            List.of(value, indices),
                            value.type(),
                            shape));
            return;
        }
        List<Length> named = lengths.subList(batch, batch + depth);
        EdgeValue flat = places.flat(places.fromStart(given, named), named);
        List<Length> rows = new ArrayList<>(lengths.subList(0, batch));
        rows.add(new LengthArithmetic(kernels).product(named));
        rows.addAll(lengths.subList(batch + depth, lengths.size()));
        EdgeValue table = kernels.reshape(value, rows);
        List<Integer> shape = new ArrayList<>(flat.shape());
        shape.addAll(value.shape().subList(batch + depth, value.rank()));
        context.define(
                node,
                kernels.add(
                        BuiltinOperator.GATHER,
                        new OperatorOptions.Gather(batch, batch),
                        List.of(table, flat),
                        value.type(),
                        shape));
    }
}
