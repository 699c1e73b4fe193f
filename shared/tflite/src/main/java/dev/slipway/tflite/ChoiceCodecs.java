package dev.slipway.tflite;

import static dev.slipway.tflite.Tables.code;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.slipway.tflite.OperatorOptions.ArgExtremum;
import dev.slipway.tflite.OperatorOptions.Buckets;
import dev.slipway.tflite.OperatorOptions.CallOnce;
import dev.slipway.tflite.OperatorOptions.Cast;
import dev.slipway.tflite.OperatorOptions.If;
import dev.slipway.tflite.OperatorOptions.OneHot;
import dev.slipway.tflite.OperatorOptions.Shape;
import dev.slipway.tflite.OperatorOptions.Unique;
import dev.slipway.tflite.OperatorOptions.While;
import java.util.List;
import org.tensorflow.lite.schema.ArgMaxOptions;
import org.tensorflow.lite.schema.ArgMinOptions;
import org.tensorflow.lite.schema.BucketizeOptions;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.CallOnceOptions;
import org.tensorflow.lite.schema.CastOptions;
import org.tensorflow.lite.schema.IfOptions;
import org.tensorflow.lite.schema.OneHotOptions;
import org.tensorflow.lite.schema.ShapeOptions;
import org.tensorflow.lite.schema.UniqueOptions;
import org.tensorflow.lite.schema.WhileOptions;

/** Options of operators that choose: another type, a place, or another subgraph. */
final class ChoiceCodecs {
    private ChoiceCodecs() {}

    static List<OptionsCodec<?>> all() {
        return List.of(
                OptionsCodec.of(
                        BuiltinOptions.CastOptions,
                        Cast.class,
                        (to, from) -> CastOptions.createCastOptions(to, code(from.from()), code(from.to())),
                        CastOptions::new,
                        from -> new Cast(TensorType.ofCode(from.inDataType()), TensorType.ofCode(from.outDataType()))),
                OptionsCodec.of(
                                BuiltinOptions.ArgMaxOptions,
                                ArgExtremum.class,
                                (to, from) -> ArgMaxOptions.createArgMaxOptions(to, code(from.output())),
                                ArgMaxOptions::new,
                                from -> new ArgExtremum(TensorType.ofCode(from.outputType())))
                        .only(BuiltinOperator.ARG_MAX),
                OptionsCodec.of(
                                BuiltinOptions.ArgMinOptions,
                                ArgExtremum.class,
                                (to, from) -> ArgMinOptions.createArgMinOptions(to, code(from.output())),
                                ArgMinOptions::new,
                                from -> new ArgExtremum(TensorType.ofCode(from.outputType())))
                        .only(BuiltinOperator.ARG_MIN),
                OptionsCodec.of(
                        BuiltinOptions.ShapeOptions,
                        Shape.class,
                        (to, from) -> ShapeOptions.createShapeOptions(to, code(from.output())),
                        ShapeOptions::new,
                        from -> new Shape(TensorType.ofCode(from.outType()))),
                OptionsCodec.of(
                        BuiltinOptions.UniqueOptions,
                        Unique.class,
                        (to, from) -> UniqueOptions.createUniqueOptions(to, code(from.index())),
                        UniqueOptions::new,
                        from -> new Unique(TensorType.ofCode(from.idxOutType()))),
                OptionsCodec.of(
                        BuiltinOptions.OneHotOptions,
                        OneHot.class,
                        (to, from) -> OneHotOptions.createOneHotOptions(to, from.axis()),
                        OneHotOptions::new,
                        from -> new OneHot(from.axis())),
                OptionsCodec.ofLists(
                        BuiltinOptions.BucketizeOptions,
                        Buckets.class,
                        ChoiceCodecs::buckets,
                        BucketizeOptions::new,
                        (from, budget) ->
                                new Buckets(budget.list(from.boundariesLength(), Float.BYTES, from::boundaries))),
                OptionsCodec.of(
                        BuiltinOptions.IfOptions,
                        If.class,
                        (to, from) -> IfOptions.createIfOptions(to, from.then(), from.otherwise()),
                        IfOptions::new,
                        from -> new If(from.thenSubgraphIndex(), from.elseSubgraphIndex())),
                OptionsCodec.of(
                        BuiltinOptions.WhileOptions,
                        While.class,
                        (to, from) -> WhileOptions.createWhileOptions(to, from.condition(), from.body()),
                        WhileOptions::new,
                        from -> new While(from.condSubgraphIndex(), from.bodySubgraphIndex())),
                OptionsCodec.of(
                        BuiltinOptions.CallOnceOptions,
                        CallOnce.class,
                        (to, from) -> CallOnceOptions.createCallOnceOptions(to, from.subgraph()),
                        CallOnceOptions::new,
                        from -> new CallOnce(from.initSubgraphIndex())));
    }

    private static int buckets(FlatBufferBuilder to, Buckets from) {
        float[] boundaries = new float[from.boundaries().size()];
        for (int i = 0; i < boundaries.length; i++) {
            boundaries[i] = from.boundaries().get(i);
        }
        return BucketizeOptions.createBucketizeOptions(to, BucketizeOptions.createBoundariesVector(to, boundaries));
    }
}
