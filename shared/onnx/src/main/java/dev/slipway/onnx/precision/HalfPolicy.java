package dev.slipway.onnx.precision;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which nodes compute with 16-bit numbers, and which of their values stay 32-bit all the same. */
final class HalfPolicy {
    /** ONNX defines these for 32-bit numbers only, ties them to an attribute, or 16 bits would not tell indices apart. */
    private static final Set<String> FULL = Set.of(
            "Bernoulli",
            "BlackmanWindow",
            "Celu",
            "CumSum",
            "DFT",
            "DequantizeLinear",
            "DynamicQuantizeLinear",
            "EyeLike",
            "HammingWindow",
            "HannWindow",
            "IsInf",
            "MelWeightMatrix",
            "MeanVarianceNormalization",
            "Multinomial",
            "NonMaxSuppression",
            "OneHot",
            "QLinearConv",
            "QLinearMatMul",
            "QuantizeLinear",
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "RandomUniformLike",
            "Range",
            "RoiAlign",
            "STFT",
            "StringNormalizer",
            "TfIdfVectorizer");

    private final Map<String, ElementType> types;
    private final Set<String> tooLarge;

    HalfPolicy(Map<String, ElementType> types, Map<String, OnnxTensor> constants) {
        this.types = types;
        this.tooLarge = constants.values().stream()
                .filter(tensor -> tensor.type() == ElementType.FLOAT32 && HalfFloat.overflows(tensor))
                .map(OnnxTensor::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean computesHalf(OnnxNode node) {
        return node.domain().isEmpty()
                && !FULL.contains(node.operator())
                && node.bodies().isEmpty()
                && node.inputs().stream().noneMatch(tooLarge::contains)
                // Kernels that reduce while they scatter exist for 32 bits only.
                && node.text("reduction").orElse("none").equals("none")
                // A sequence or map keeps the type that its elements have.
                && node.inputs().stream().allMatch(value -> value.isEmpty() || types.containsKey(value))
                && node.outputs().stream().allMatch(value -> value.isEmpty() || types.containsKey(value));
    }

    boolean takesHalf(OnnxNode node, int input) {
        // Region and scales of Resize and Upsample are 32-bit numbers whatever the image is.
        boolean scales = node.operator().equals("Resize") || node.operator().equals("Upsample");
        return input == 0 || !scales;
    }

    boolean makesHalf(OnnxNode node, int output) {
        // Mean and deviation are 32-bit numbers whatever is normalised.
        return output == 0 || !node.operator().equals("LayerNormalization");
    }

    boolean isFloat(String value) {
        return types.get(value) == ElementType.FLOAT32;
    }
}
