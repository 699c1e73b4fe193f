package dev.slipway.edge.lower.movement;

import static dev.slipway.edge.lower.OperatorEntry.contributed;
import static dev.slipway.edge.lower.OperatorEntry.onnx;

import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.edge.lower.OperatorFamily;
import java.util.List;

/** Operators that move elements and make shapes. */
public final class MovementOperators implements OperatorFamily {
    private static final String SLICE_LIMITS = "computed bounds of values of more than 5 axes";
    private static final String SCATTER_LIMITS = "reductions mul, max and min of 64-bit integers";
    private static final String PAD = "PAD, PADV2, MIRROR_PAD or GATHER";
    private static final String PAD_LIMITS = "computed amounts of values of more than 5 axes";
    private static final String SCATTER = "SCATTER_ND, SELECT_V2, UNSORTED_SEGMENT_MAX, _MIN or _PROD";

    @Override
    public List<OperatorEntry> entries() {
        return List.of(
                onnx("Reshape", 1, new ReshapeLowering(), "RESHAPE"),
                onnx("Flatten", 1, new FlattenLowering(), "RESHAPE"),
                onnx("Squeeze", 1, new SqueezeLowering(), "RESHAPE"),
                onnx("Unsqueeze", 1, new UnsqueezeLowering(), "RESHAPE"),
                onnx("Transpose", 1, new TransposeLowering(), "TRANSPOSE"),
                onnx("Concat", 1, new ConcatenationLowering(), "CONCATENATION"),
                onnx("Split", 2, new SplitLowering(), "SPLIT or SPLIT_V"),
                onnx("Slice", 1, new SliceLowering(), "SLICE or STRIDED_SLICE").limits(SLICE_LIMITS),
                onnx("Gather", 1, new GatherLowering(), "GATHER"),
                onnx("GatherElements", 11, new GatherElementsLowering(), "GATHER"),
                onnx("GatherND", 11, new GatherNdLowering(), "GATHER_ND or GATHER"),
                onnx("Scatter", 9, new ScatterElementsLowering(), SCATTER),
                onnx("ScatterElements", 11, new ScatterElementsLowering(), SCATTER)
                        .limits(SCATTER_LIMITS),
                onnx("ScatterND", 11, new ScatterNdLowering(), SCATTER).limits(SCATTER_LIMITS),
                onnx("TensorScatter", 24, new TensorScatterLowering(), "SCATTER_ND, SELECT_V2"),
                onnx("Tile", 6, new TileLowering(), "TILE"),
                onnx("Expand", 8, new ExpandLowering(), "BROADCAST_TO"),
                onnx("Shape", 1, new ShapeLowering(), "SHAPE"),
                onnx("Size", 1, new SizeLowering(), "SHAPE, MUL"),
                onnx("ConstantOfShape", 9, new ConstantOfShapeLowering(), "FILL"),
                onnx("Range", 11, new RangeLowering(), "RANGE"),
                onnx("EyeLike", 9, new EyeLikeLowering(), "a constant, or RANGE and EQUAL"),
                onnx("Trilu", 14, new TriluLowering(), "SELECT_V2"),
                onnx("OneHot", 9, new OneHotLowering(), "ONE_HOT"),
                onnx("NonZero", 9, new NonZeroLowering(), "WHERE"),
                onnx("Compress", 9, new CompressLowering(), "WHERE, GATHER"),
                onnx("ReverseSequence", 10, new ReverseSequenceLowering(), "REVERSE_SEQUENCE"),
                onnx("DepthToSpace", 1, new DepthToSpaceLowering(), "DEPTH_TO_SPACE"),
                onnx("SpaceToDepth", 1, new SpaceToDepthLowering(), "SPACE_TO_DEPTH"),
                onnx("Pad", 1, new PadLowering(), PAD).limits(PAD_LIMITS),
                onnx("CenterCropPad", 18, new CenterCropPadLowering(), "SLICE and PAD"),
                onnx("NonMaxSuppression", 10, new NonMaxSuppressionLowering(), "TOPK_V2, NON_MAX_SUPPRESSION_V5")
                        .limits("an open batch or number of classes; more than 256 classes of all samples"),
                onnx("Unique", 11, new UniqueLowering(false), "UNIQUE, or comparisons along an axis"),
                onnx("Col2Im", 18, new Col2ImLowering(), "SCATTER_ND"),
                onnx("TfIdfVectorizer", 9, new TfIdfVectorizerLowering(), "EQUAL, SUM, BATCH_MATMUL")
                        .limits("texts; an open number of words"),
                onnx("Constant", 1, new ConstantLowering(), "a constant").limits("texts"),
                contributed("Unique", new UniqueLowering(true), "UNIQUE"),
                contributed("Pad", new PadLowering(), PAD).limits(PAD_LIMITS),
                contributed("Trilu", new TriluLowering(), "SELECT_V2"),
                contributed("GatherND", new GatherNdLowering(), "GATHER_ND or GATHER"),
                contributed("ExpandDims", new UnsqueezeLowering(), "RESHAPE"));
    }
}
