package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.OperationList;
import dev.slipway.edge.lower.Body;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.lower.Operand;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.BuiltinOperator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** If: the one branch in place where the condition is constant, otherwise IF. */
final class IfLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Optional<OnnxTensor> known = context.known(node, 0);
        Kernels kernels = context.kernels(node);
        if (known.isPresent()) {
            boolean holds = known.get().data().get(0) != 0;
            Body body = branch(node, context, holds ? "then_branch" : "else_branch");
            List<Operand> outputs = body.lower(kernels, List.of(), body.captured());
            define(node, context, outputs.stream().map(Operand::value).toList());
            return;
        }
        Body then = branch(node, context, "then_branch");
        Body otherwise = branch(node, context, "else_branch");
        Set<String> names = new LinkedHashSet<>(then.captures());
        names.addAll(otherwise.captures());
        List<EdgeValue> taken = names.stream().map(then::captured).toList();
        EdgeGraph left = graph(kernels, then, List.copyOf(names), taken);
        EdgeGraph right = graph(kernels, otherwise, List.copyOf(names), taken);
        EdgeValue condition = kernels.reshape(context.input(node, 0), List.of());
        define(node, context, kernels.branch(condition, taken, left, right, results(node, context, left, right)));
    }

    private static Body branch(OnnxNode node, LoweringContext context, String attribute) {
        return context.body(node, node.body(attribute).orElseThrow(), List.of());
    }

    private static EdgeGraph graph(Kernels kernels, Body body, List<String> names, List<EdgeValue> taken) {
        OperationList operations = new OperationList();
        Map<String, EdgeValue> inputs = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            inputs.put(
                    names.get(i),
                    EdgeValue.computed(
                            names.get(i), taken.get(i).type(), taken.get(i).shape()));
        }
        List<Operand> results = body.lower(
                kernels.inBody(operations),
                List.of(),
                body.captures().stream().map(inputs::get).toList());
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        results.forEach(result -> outputs.put("result" + outputs.size(), result.value()));
        return new EdgeGraph(operations.operations(), List.copyOf(inputs.values()), outputs);
    }

    /** Lengths in which the branches differ are open. */
    private static List<EdgeValue> results(
            OnnxNode node, LoweringContext context, EdgeGraph then, EdgeGraph otherwise) {
        List<EdgeValue> left = List.copyOf(then.outputs().values());
        List<EdgeValue> right = List.copyOf(otherwise.outputs().values());
        List<EdgeValue> results = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            EdgeValue a = left.get(i);
            EdgeValue b = right.get(i);
            if (a.type() != b.type() || a.rank() != b.rank()) {
                throw context.refusal(
                        "branches", "its branches give " + a.type() + a.shape() + " and " + b.type() + b.shape());
            }
            List<Integer> shape = new ArrayList<>();
            for (int axis = 0; axis < a.rank(); axis++) {
                boolean same = a.shape().get(axis).equals(b.shape().get(axis));
                shape.add(same ? a.shape().get(axis) : -1);
            }
            if (context.wantsOutput(node, i)) {
                agree(context, context.outputFacts(node, i), shape);
            }
            results.add(context.kernels(node).result(BuiltinOperator.IF, a.type(), shape));
        }
        return results;
    }

    /** What comes after was probed with one of the branches, so its shapes must not be fixed where the other differs. */
    private static void agree(LoweringContext context, ValueFacts facts, List<Integer> shape) {
        for (int axis = 0; axis < shape.size(); axis++) {
            if (facts.rank() != shape.size()
                    || (shape.get(axis) == -1 && facts.shape().get(axis) != -1)) {
                throw context.refusal(
                        "branches",
                        "its branches give different shapes, of which only one was seen: " + facts.shape() + " and "
                                + shape);
            }
        }
    }

    private static void define(OnnxNode node, LoweringContext context, List<EdgeValue> values) {
        for (int i = 0; i < values.size(); i++) {
            if (context.wantsOutput(node, i)) {
                context.define(node, i, values.get(i));
            }
        }
    }
}
