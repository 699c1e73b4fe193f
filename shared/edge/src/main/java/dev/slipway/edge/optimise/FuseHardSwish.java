package dev.slipway.edge.optimise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** x · relu6(x + 3) / 6, however its factors stand, is HARD_SWISH. */
public final class FuseHardSwish implements GraphPass {
    private static final int DEEPEST = 3;
    private static final double CLOSE = 1e-5;

    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        Map<EdgeValue, EdgeOperation> makers = new HashMap<>();
        List<EdgeOperation> operations = new ArrayList<>();
        for (EdgeOperation operation : graph.operations()) {
            EdgeOperation fused = input(operation, makers)
                    .map(input -> new EdgeOperation(
                            BuiltinOperator.HARD_SWISH,
                            new OperatorOptions.None(),
                            List.of(input),
                            operation.outputs()))
                    .orElse(operation);
            operations.add(fused);
            operation.outputs().forEach(output -> makers.put(output, operation));
        }
        return new EdgeGraph(operations, graph.inputs(), graph.outputs());
    }

    private static Optional<EdgeValue> input(EdgeOperation last, Map<EdgeValue, EdgeOperation> makers) {
        boolean product = last.operator() == BuiltinOperator.MUL || last.operator() == BuiltinOperator.DIV;
        if (!product || last.output().type() != TensorType.FLOAT32) {
            return Optional.empty();
        }
        List<EdgeValue> factors = new ArrayList<>();
        double number = collect(last, makers, factors, DEEPEST);
        if (factors.size() != 2 || Math.abs(number * 6 - 1) > CLOSE) {
            return Optional.empty();
        }
        return gated(factors.get(0), factors.get(1), makers).or(() -> gated(factors.get(1), factors.get(0), makers));
    }

    /** The input, if {@code gate} is relu6(input + 3). */
    private static Optional<EdgeValue> gated(EdgeValue input, EdgeValue gate, Map<EdgeValue, EdgeOperation> makers) {
        return Optional.ofNullable(makers.get(gate))
                .filter(clip -> clip.operator() == BuiltinOperator.RELU6)
                .map(clip -> makers.get(clip.input(0)))
                .filter(sum -> sum.operator() == BuiltinOperator.ADD && isPlain(sum))
                .filter(sum -> (sum.input(0) == input
                                && number(sum.input(1)).filter(n -> n == 3).isPresent())
                        || (sum.input(1) == input
                                && number(sum.input(0)).filter(n -> n == 3).isPresent()))
                .map(sum -> input);
    }

    /** Adds the factors of the operation's result that are no numbers, and gives the product of those that are. */
    private static double collect(
            EdgeOperation operation, Map<EdgeValue, EdgeOperation> makers, List<EdgeValue> factors, int depth) {
        double product = 1;
        for (int i = 0; i < 2; i++) {
            EdgeValue input = operation.input(i);
            boolean divided = i == 1 && operation.operator() == BuiltinOperator.DIV;
            Optional<Double> number = number(input);
            EdgeOperation maker = makers.get(input);
            if (number.isPresent()) {
                product *= divided ? 1 / number.get() : number.get();
            } else if (divided) {
                return Double.NaN;
            } else if (depth > 0 && maker != null && isProduct(maker) && (isScaling(operation) || isScaling(maker))) {
                product *= collect(maker, makers, factors, depth - 1);
            } else {
                factors.add(input);
            }
        }
        return product;
    }

    private static boolean isProduct(EdgeOperation operation) {
        return (operation.operator() == BuiltinOperator.MUL || operation.operator() == BuiltinOperator.DIV)
                && isPlain(operation);
    }

    /** Whether one side is a number; products of two values are only taken apart where they are scaled. */
    private static boolean isScaling(EdgeOperation operation) {
        return operation.inputs().stream().anyMatch(input -> number(input).isPresent());
    }

    private static boolean isPlain(EdgeOperation operation) {
        return operation.options() instanceof OperatorOptions.Activated options
                && options.activation() == Activation.NONE;
    }

    private static Optional<Double> number(EdgeValue value) {
        return value.isConstant() && value.type() == TensorType.FLOAT32 && Shapes.size(value.shape()) == 1
                ? Optional.of((double) value.floats()[0])
                : Optional.empty();
    }
}
