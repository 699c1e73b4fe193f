package dev.slipway.tflite;

import static dev.slipway.tflite.Tables.array;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.slipway.tflite.OperatorOptions.Concatenation;
import dev.slipway.tflite.OperatorOptions.DepthToSpace;
import dev.slipway.tflite.OperatorOptions.Gather;
import dev.slipway.tflite.OperatorOptions.MirrorPad;
import dev.slipway.tflite.OperatorOptions.Other;
import dev.slipway.tflite.OperatorOptions.Pack;
import dev.slipway.tflite.OperatorOptions.Reshape;
import dev.slipway.tflite.OperatorOptions.ReverseSequence;
import dev.slipway.tflite.OperatorOptions.SpaceToDepth;
import dev.slipway.tflite.OperatorOptions.SparseToDense;
import dev.slipway.tflite.OperatorOptions.Split;
import dev.slipway.tflite.OperatorOptions.Squeeze;
import dev.slipway.tflite.OperatorOptions.StridedSlice;
import dev.slipway.tflite.OperatorOptions.Unpack;
import java.util.List;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptions;
import org.tensorflow.lite.schema.DepthToSpaceOptions;
import org.tensorflow.lite.schema.GatherOptions;
import org.tensorflow.lite.schema.MirrorPadMode;
import org.tensorflow.lite.schema.MirrorPadOptions;
import org.tensorflow.lite.schema.PackOptions;
import org.tensorflow.lite.schema.ReshapeOptions;
import org.tensorflow.lite.schema.ReverseSequenceOptions;
import org.tensorflow.lite.schema.SpaceToDepthOptions;
import org.tensorflow.lite.schema.SparseToDenseOptions;
import org.tensorflow.lite.schema.SplitOptions;
import org.tensorflow.lite.schema.SplitVOptions;
import org.tensorflow.lite.schema.SqueezeOptions;
import org.tensorflow.lite.schema.StridedSliceOptions;
import org.tensorflow.lite.schema.UnpackOptions;

/** Options of operators that move elements about without a calculation. */
final class ArrangementCodecs {
    private ArrangementCodecs() {}

    static List<OptionsCodec<?>> all() {
        return List.of(
                OptionsCodec.of(
                        BuiltinOptions.ConcatenationOptions,
                        Concatenation.class,
                        (to, from) -> ConcatenationOptions.createConcatenationOptions(
                                to, from.axis(), Tables.code(Activation.NONE)),
                        ConcatenationOptions::new,
                        from -> from.fusedActivationFunction() != Activation.NONE.code()
                                ? new Other(BuiltinOptions.ConcatenationOptions)
                                : new Concatenation(from.axis())),
                OptionsCodec.ofLists(
                        BuiltinOptions.ReshapeOptions,
                        Reshape.class,
                        ArrangementCodecs::reshape,
                        ReshapeOptions::new,
                        (from, budget) ->
                                new Reshape(budget.list(from.newShapeLength(), Integer.BYTES, from::newShape))),
                OptionsCodec.ofLists(
                        BuiltinOptions.SqueezeOptions,
                        Squeeze.class,
                        ArrangementCodecs::squeeze,
                        SqueezeOptions::new,
                        (from, budget) ->
                                new Squeeze(budget.list(from.squeezeDimsLength(), Integer.BYTES, from::squeezeDims))),
                OptionsCodec.of(
                        BuiltinOptions.GatherOptions,
                        Gather.class,
                        (to, from) -> GatherOptions.createGatherOptions(to, from.axis(), from.batchDimensions()),
                        GatherOptions::new,
                        from -> new Gather(from.axis(), from.batchDims())),
                OptionsCodec.of(
                        BuiltinOptions.StridedSliceOptions,
                        StridedSlice.class,
                        (to, from) -> StridedSliceOptions.createStridedSliceOptions(
                                to,
                                from.beginMask(),
                                from.endMask(),
                                from.ellipsisMask(),
                                from.newAxisMask(),
                                from.shrinkAxisMask(),
                                from.offset()),
                        StridedSliceOptions::new,
                        from -> new StridedSlice(
                                from.beginMask(),
                                from.endMask(),
                                from.ellipsisMask(),
                                from.newAxisMask(),
                                from.shrinkAxisMask(),
                                from.offset())),
                OptionsCodec.of(
                                BuiltinOptions.SplitOptions,
                                Split.class,
                                (to, from) -> SplitOptions.createSplitOptions(to, from.parts()),
                                SplitOptions::new,
                                from -> new Split(from.numSplits()))
                        .only(BuiltinOperator.SPLIT),
                OptionsCodec.of(
                                BuiltinOptions.SplitVOptions,
                                Split.class,
                                (to, from) -> SplitVOptions.createSplitVOptions(to, from.parts()),
                                SplitVOptions::new,
                                from -> new Split(from.numSplits()))
                        .only(BuiltinOperator.SPLIT_V),
                OptionsCodec.of(
                        BuiltinOptions.PackOptions,
                        Pack.class,
                        (to, from) -> PackOptions.createPackOptions(to, from.values(), from.axis()),
                        PackOptions::new,
                        from -> new Pack(from.valuesCount(), from.axis())),
                OptionsCodec.of(
                        BuiltinOptions.UnpackOptions,
                        Unpack.class,
                        (to, from) -> UnpackOptions.createUnpackOptions(to, from.values(), from.axis()),
                        UnpackOptions::new,
                        from -> new Unpack(from.num(), from.axis())),
                OptionsCodec.of(
                        BuiltinOptions.MirrorPadOptions,
                        MirrorPad.class,
                        (to, from) -> MirrorPadOptions.createMirrorPadOptions(
                                to, from.symmetric() ? MirrorPadMode.SYMMETRIC : MirrorPadMode.REFLECT),
                        MirrorPadOptions::new,
                        from -> new MirrorPad(from.mode() == MirrorPadMode.SYMMETRIC)),
                OptionsCodec.of(
                        BuiltinOptions.DepthToSpaceOptions,
                        DepthToSpace.class,
                        (to, from) -> DepthToSpaceOptions.createDepthToSpaceOptions(to, from.block()),
                        DepthToSpaceOptions::new,
                        from -> new DepthToSpace(from.blockSize())),
                OptionsCodec.of(
                        BuiltinOptions.SpaceToDepthOptions,
                        SpaceToDepth.class,
                        (to, from) -> SpaceToDepthOptions.createSpaceToDepthOptions(to, from.block()),
                        SpaceToDepthOptions::new,
                        from -> new SpaceToDepth(from.blockSize())),
                OptionsCodec.of(
                        BuiltinOptions.ReverseSequenceOptions,
                        ReverseSequence.class,
                        (to, from) -> ReverseSequenceOptions.createReverseSequenceOptions(
                                to, from.sequenceAxis(), from.batchAxis()),
                        ReverseSequenceOptions::new,
                        from -> new ReverseSequence(from.seqDim(), from.batchDim())),
                OptionsCodec.of(
                        BuiltinOptions.SparseToDenseOptions,
                        SparseToDense.class,
                        (to, from) -> SparseToDenseOptions.createSparseToDenseOptions(to, from.validateIndices()),
                        SparseToDenseOptions::new,
                        from -> new SparseToDense(from.validateIndices())));
    }

    private static int reshape(FlatBufferBuilder to, Reshape from) {
        return ReshapeOptions.createReshapeOptions(to, ReshapeOptions.createNewShapeVector(to, array(from.shape())));
    }

    private static int squeeze(FlatBufferBuilder to, Squeeze from) {
        return SqueezeOptions.createSqueezeOptions(to, SqueezeOptions.createSqueezeDimsVector(to, array(from.axes())));
    }
}
