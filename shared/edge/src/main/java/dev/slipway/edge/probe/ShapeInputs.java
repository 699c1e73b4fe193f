package dev.slipway.edge.probe;

import dev.slipway.onnx.OnnxNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which inputs of which operators determine by their elements, not only by their own shapes, what shape the outputs
 * have. Source: the operators' definitions of ONNX 1.23 and of ONNX Runtime's own operators.
 */
final class ShapeInputs {
    private static final Map<String, Set<Integer>> STANDARD = Map.ofEntries(
            Map.entry("AffineGrid", Set.of(1)),
            Map.entry("BlackmanWindow", Set.of(0)),
            Map.entry("CenterCropPad", Set.of(1)),
            Map.entry("Col2Im", Set.of(1, 2)),
            Map.entry("Compress", Set.of(1)),
            Map.entry("ConstantOfShape", Set.of(0)),
            Map.entry("DFT", Set.of(1, 2)),
            Map.entry("Expand", Set.of(1)),
            Map.entry("HammingWindow", Set.of(0)),
            Map.entry("HannWindow", Set.of(0)),
            Map.entry("ImageDecoder", Set.of(0)),
            Map.entry("MaxUnpool", Set.of(2)),
            Map.entry("MelWeightMatrix", Set.of(0, 1)),
            Map.entry("NonMaxSuppression", Set.of(0, 1, 2, 3, 4)),
            Map.entry("NonZero", Set.of(0)),
            Map.entry("OneHot", Set.of(1)),
            Map.entry("Pad", Set.of(1, 3)),
            Map.entry("Range", Set.of(0, 1, 2)),
            Map.entry("Reshape", Set.of(1)),
            Map.entry("Resize", Set.of(1, 2, 3)),
            Map.entry("STFT", Set.of(1, 3)),
            Map.entry("SequenceAt", Set.of(1)),
            Map.entry("SequenceErase", Set.of(1)),
            Map.entry("SequenceInsert", Set.of(2)),
            Map.entry("Slice", Set.of(1, 2, 3, 4)),
            Map.entry("Split", Set.of(1)),
            Map.entry("SplitToSequence", Set.of(1)),
            Map.entry("Squeeze", Set.of(1)),
            Map.entry("StringNormalizer", Set.of(0)),
            Map.entry("StringSplit", Set.of(0)),
            Map.entry("Tile", Set.of(1, 2)),
            Map.entry("TopK", Set.of(1)),
            Map.entry("Unique", Set.of(0)),
            Map.entry("Unsqueeze", Set.of(1)),
            Map.entry("Upsample", Set.of(1)));

    private static final Map<String, Set<Integer>> CONTRIBUTED = Map.of(
            "CropAndResize", Set.of(3),
            "DynamicSlice", Set.of(1, 2, 3, 4),
            "ExpandDims", Set.of(1),
            "Pad", Set.of(1, 3),
            "Range", Set.of(0, 1, 2),
            "Tokenizer", Set.of(0),
            "Unique", Set.of(0));

    /** Operators of ONNX Runtime that decode until something is found: any input may matter. */
    private static final Set<String> SEARCHES = Set.of("BeamSearch", "GreedySearch", "Sampling", "WhisperBeamSearch");

    private ShapeInputs() {}

    /** The inputs of the node, by number, whose elements its outputs' shapes depend on. */
    static Set<Integer> of(OnnxNode node) {
        if (node.domain().isEmpty()) {
            // From opset 18 on all reductions take their axes as an input.
            return node.operator().startsWith("Reduce") ? Set.of(1) : STANDARD.getOrDefault(node.operator(), Set.of());
        }
        return SEARCHES.contains(node.operator())
                ? java.util.stream.IntStream.range(0, node.inputs().size())
                        .boxed()
                        .collect(Collectors.toSet())
                : CONTRIBUTED.getOrDefault(node.operator(), Set.of());
    }
}
