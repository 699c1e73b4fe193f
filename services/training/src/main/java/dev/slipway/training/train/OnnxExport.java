package dev.slipway.training.train;

import static dev.slipway.onnx.AttributeValue.integer;
import static dev.slipway.onnx.AttributeValue.integers;

import dev.slipway.api.training.Layer;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a trained network as ONNX: raw samples in, {@code probabilities} of the classes out, any number at a time. What
 * matters in training only is left out.
 */
final class OnnxExport {
    static final String INPUT = "input";
    static final String OUTPUT = "probabilities";

    private final OnnxGraphBuilder graph = OnnxGraphBuilder.named("slipway");

    private OnnxExport() {}

    static byte[] write(NetworkPlan plan, Normalisation normalisation, List<Optional<Weights>> weights) {
        return new OnnxExport().export(plan, normalisation, weights);
    }

    private byte[] export(NetworkPlan plan, Normalisation normalisation, List<Optional<Weights>> weights) {
        graph.input(INPUT, OnnxGraphBuilder.batch("N", array(plan.inputShape())))
                .initializer(OnnxTensor.float32("mean", List.of(), normalisation.mean()))
                .initializer(OnnxTensor.float32("factor", List.of(), normalisation.factor()))
                .node("Sub", List.of(INPUT, "mean"), "centred")
                .node("Mul", List.of("centred", "factor"), "normalised");
        String value = "normalised";
        for (int i = 0; i < plan.stages().size(); i++) {
            value = add(plan.stages().get(i).layer(), "layer" + (i + 1), value, weights.get(i));
        }
        graph.node("Softmax", List.of(value), OUTPUT, Map.of("axis", integer(1)))
                .output(OUTPUT, OnnxGraphBuilder.batch("N", plan.classes()));
        return OnnxWriter.write(graph.build());
    }

    /** Adds the node of a layer; returns the name of what it gives. */
    private String add(Layer layer, String name, String from, Optional<Weights> learned) {
        learned.ifPresent(weights ->
                graph.initializer(name + ".weight", weights.weight()).initializer(name + ".bias", weights.bias()));
        List<String> withWeights = List.of(from, name + ".weight", name + ".bias");
        if (layer instanceof Layer.Convolution convolution) {
            int kernel = convolution.kernel();
            int padding = convolution.padding();
            graph.node(
                    "Conv",
                    withWeights,
                    name,
                    Map.of(
                            "kernel_shape", integers(kernel, kernel),
                            "pads", integers(padding, padding, padding, padding),
                            "strides", integers(1, 1)));
        } else if (layer instanceof Layer.Relu) {
            graph.node("Relu", List.of(from), name);
        } else if (layer instanceof Layer.MaxPool pool) {
            graph.node(
                    "MaxPool",
                    List.of(from),
                    name,
                    Map.of(
                            "kernel_shape", integers(pool.size(), pool.size()),
                            "strides", integers(pool.size(), pool.size())));
        } else if (layer instanceof Layer.Flatten) {
            graph.node("Flatten", List.of(from), name, Map.of("axis", integer(1)));
        } else if (layer instanceof Layer.Dense) {
            graph.node("Gemm", withWeights, name, Map.of("transB", integer(1)));
        } else if (layer instanceof Layer.Dropout) {
            return from;
        }
        return name;
    }

    private static int[] array(List<Integer> shape) {
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }
}
