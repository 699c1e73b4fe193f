package dev.slipway.edge.lower.movement;

import static dev.slipway.edge.lower.movement.Example.counted;
import static dev.slipway.edge.lower.movement.Example.floats;
import static dev.slipway.edge.lower.movement.Example.longs;
import static dev.slipway.edge.lower.movement.Example.scalar;
import static dev.slipway.onnx.AttributeValue.integer;
import static dev.slipway.onnx.AttributeValue.integers;
import static dev.slipway.onnx.AttributeValue.text;
import static dev.slipway.onnx.ElementType.BOOL;
import static dev.slipway.onnx.ElementType.FLOAT32;
import static dev.slipway.onnx.ElementType.INT32;
import static dev.slipway.onnx.ElementType.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators that move elements and make shapes, run by TFLite and by ONNX Runtime. */
class MovementConversionTest {

    static Stream<Example> examples() {
        List<Example> examples = new ArrayList<>();
        examples.addAll(reshapes());
        examples.addAll(transposes());
        examples.addAll(parts());
        examples.addAll(gathers());
        examples.addAll(scatters());
        examples.addAll(made());
        examples.addAll(rearranged());
        examples.addAll(padded());
        examples.addAll(suppressed());
        examples.addAll(distinct());
        examples.addAll(vectors());
        return examples.stream();
    }

    private static List<Example> reshapes() {
        List<Example> examples = new ArrayList<>();
        examples.add(image("Reshape", "H", "W").constant("s", 0, 0, -1).node("Reshape", "x s", "y"));
        examples.add(image("Reshape to a computed shape", "H", "W")
                .constant("s", 0, 2)
                .constant("one", 1)
                .node("Shape", "x", "shape")
                .node("Gather", "shape s", "some")
                .constant("rest", -1)
                .node("Concat", "some one rest", "wanted", "axis", integer(0))
                .node("Reshape", "x wanted", "y"));
        examples.add(Example.named("Reshape to a shape given, with a zero")
                .input("x", FLOAT32, 2, 3, 4)
                .input("s", INT64, 3)
                .run(floats("x", 2, 3, 4), longs("s", 0, -1, 2))
                .run(floats("x", 2, 3, 4), longs("s", 4, 0, 2))
                .node("Reshape", "x s", "y"));
        examples.add(Example.named("Reshape of nothing that keeps zeros")
                .input("x", FLOAT32, "N", 0, 4)
                .constant("s", 0, 3, 0)
                .node("Reshape", "x s", "y", "allowzero", integer(1))
                .run(floats("x", 2, 0, 4)));
        for (int axis = -4; axis <= 4; axis++) {
            examples.add(image("Flatten from " + axis, "H", "W").node("Flatten", "x", "y", "axis", integer(axis)));
        }
        examples.add(Example.named("Squeeze")
                .input("x", FLOAT32, "N", 1, "H", 1)
                .constant("a", 1, -1)
                .node("Squeeze", "x a", "y"));
        examples.add(Example.named("Squeeze of opset 11, all axes")
                .opset(11)
                .input("x", FLOAT32, 2, 1, 3, 1)
                .node("Squeeze", "x", "y"));
        examples.add(Example.named("Squeeze of axes given")
                .input("x", FLOAT32, 1, "H", 1, 1)
                .input("a", INT64, 2)
                .run(floats("x", 1, 4, 1, 1), longs("a", 0, -1))
                .run(floats("x", 1, 1, 1, 1), longs("a", 2, 3))
                .node("Squeeze", "x a", "y"));
        examples.add(image("Unsqueeze", "H", "W").constant("a", 0, -1).node("Unsqueeze", "x a", "y"));
        examples.add(Example.named("Unsqueeze of axes given")
                .input("x", FLOAT32, "N", 3)
                .input("a", INT64, 2)
                .run(floats("x", 2, 3), longs("a", 0, -1))
                .run(floats("x", 4, 3), longs("a", 1, 2))
                .node("Unsqueeze", "x a", "y"));
        examples.add(image("ExpandDims", "H", "W")
                .constant(OnnxTensor.int64("a", List.of(), 1))
                .node("Cast", "a", "b", "to", integer(6))
                .contributed("ExpandDims", "x b", "y"));
        return examples;
    }

    private static List<Example> transposes() {
        List<Example> examples = new ArrayList<>();
        examples.add(image("Transpose", "H", "W").node("Transpose", "x", "y"));
        examples.add(Example.named("Transpose of seven axes, some together")
                .input("x", FLOAT32, "N", 2, 3, 2, "M", 3, 2)
                .run(floats("x", 2, 2, 3, 2, 3, 3, 2))
                .node("Transpose", "x", "y", "perm", integers(3, 4, 5, 0, 1, 2, 6)));
        examples.add(Example.named("Transpose of eight axes, none together")
                .input("x", FLOAT32, "N", 2, 3, 2, 1, 3, 2, 2)
                .node("Transpose", "x", "y", "perm", integers(7, 6, 5, 4, 3, 2, 1, 0)));
        for (ElementType type : List.of(ElementType.INT8, ElementType.UINT8, ElementType.INT16, INT64, BOOL)) {
            examples.add(Example.named("Transpose of " + type)
                    .input("x", type, 2, 3, 4)
                    .run(counted("x", type, 2, 3, 4))
                    .node("Transpose", "x", "y"));
        }
        return examples;
    }

    private static List<Example> parts() {
        List<Example> examples = new ArrayList<>();
        examples.add(image("Concat", "H", "W").node("Concat", "x x", "y", "axis", integer(-2)));
        examples.add(Example.named("Concat of six axes")
                .input("x", FLOAT32, "N", 1, 2, 2, 1, 3)
                .node("Concat", "x x", "y", "axis", integer(4)));
        examples.add(image("Split", "H", "W").constant("s", 1, 2).node("Split", "x s", "y z", "axis", integer(1)));
        examples.add(image("Split into what is left", "H", "W")
                .node("Split", "x", "y z", "axis", integer(3), "num_outputs", integer(2))
                .run(floats("x", 1, 3, 4, 7))
                .run(floats("x", 2, 3, 4, 6)));
        examples.add(Example.named("Split of opset 11")
                .opset(11)
                .input("x", BOOL, 6)
                .run(counted("x", BOOL, 6))
                .node("Split", "x", "y z", "split", integers(4, 2)));
        examples.add(Example.named("Split into sizes given")
                .input("x", FLOAT32, 6)
                .input("s", INT64, 2)
                .run(floats("x", 6), longs("s", 4, 2))
                .run(floats("x", 6), longs("s", 0, 6))
                .node("Split", "x s", "y z"));
        for (List<Long> bounds : List.of(
                List.of(0L, 2L, 1L),
                List.of(-2L, Long.MAX_VALUE, 1L),
                List.of(-100L, 100L, 2L),
                List.of(Long.MIN_VALUE, Long.MAX_VALUE, 3L),
                List.of(-1L, Long.MIN_VALUE, -1L),
                List.of(Long.MAX_VALUE, -100L, -2L),
                List.of(-100L, -101L, -1L),
                List.of(3L, 1L, 1L),
                List.of(2L, 0L, -1L))) {
            examples.add(slice("Slice of a known length ", 5, bounds));
            examples.add(slice("Slice of an open length ", "L", bounds));
            examples.add(sliceGiven(bounds));
        }
        examples.add(Example.named("Slice of opset 9")
                .opset(9)
                .input("x", FLOAT32, "N", 4, 5)
                .node("Slice", "x", "y", "starts", integers(1, -3), "ends", integers(3, 5), "axes", integers(1, 2)));
        examples.add(Example.named("Slice of axes given")
                .input("x", FLOAT32, "N", 4, 5)
                .input("a", INT64, 2)
                .constant("from", 1, 0)
                .constant("to", 3, -1)
                .run(floats("x", 3, 4, 5), longs("a", 0, 2))
                .run(floats("x", 2, 4, 5), longs("a", -1, 1))
                .node("Slice", "x from to a", "y"));
        examples.add(Example.named("Slice of seven axes")
                .input("x", FLOAT32, "N", 2, 3, 1, 2, 4, 5)
                .constant("from", 1, -1)
                .constant("to", 4, -10)
                .constant("a", 5, 2)
                .constant("by", 2, -1)
                .node("Slice", "x from to a by", "y"));
        return examples;
    }

    private static Example slice(String name, Object length, List<Long> bounds) {
        return Example.named(name + bounds)
                .input("x", FLOAT32, "N", length, 2)
                .run(floats("x", 2, 5, 2))
                .constant("from", bounds.get(0))
                .constant("to", bounds.get(1))
                .constant("axis", 1)
                .constant("by", bounds.get(2))
                .node("Slice", "x from to axis by", "y")
                .node("Neg", "x", "z");
    }

    private static Example sliceGiven(List<Long> bounds) {
        return Example.named("Slice at bounds given " + bounds)
                .input("x", FLOAT32, "N", "L", 2)
                .input("from", INT64, 1)
                .input("to", INT64, 1)
                .input("by", INT64, 1)
                .constant("axis", 1)
                .run(
                        floats("x", 2, 5, 2),
                        longs("from", bounds.get(0)),
                        longs("to", bounds.get(1)),
                        longs("by", bounds.get(2)))
                .node("Slice", "x from to axis by", "y")
                .node("Neg", "x", "z");
    }

    private static List<Example> gathers() {
        List<Example> examples = new ArrayList<>();
        for (long index : new long[] {1, -1}) {
            examples.add(image("Gather one at " + index, "H", "W")
                    .constant(scalar("i", index))
                    .node("Gather", "x i", "y", "axis", integer(2)));
        }
        for (ElementType type : List.of(ElementType.UINT8, ElementType.INT16, BOOL, INT64)) {
            examples.add(Example.named("Gather of " + type)
                    .input("x", type, 4, "M")
                    .input("i", INT64, 2, 2)
                    .run(counted("x", type, 4, 3), OnnxTensor.int64("i", List.of(2, 2), 0, -1, 3, -4))
                    .node("Gather", "x i", "y"));
        }
        examples.add(Example.named("GatherElements")
                .input("x", FLOAT32, "N", 3, 4)
                .input("i", INT64, "N", 3, 2)
                .run(floats("x", 1, 3, 4), OnnxTensor.int64("i", List.of(1, 3, 2), 0, -1, 1, 2, 3, -4))
                .run(
                        floats("x", 2, 3, 4),
                        OnnxTensor.int64("i", List.of(2, 3, 2), 0, -1, 1, 2, 3, -4, 0, 0, 1, 1, 2, 2))
                .node("GatherElements", "x i", "y", "axis", integer(-1)));
        examples.add(Example.named("GatherElements of fewer places")
                .input("x", FLOAT32, 3, "M")
                .input("i", INT64, 2, 2)
                .run(floats("x", 3, 5), OnnxTensor.int64("i", List.of(2, 2), 0, -1, 1, 2))
                .node("GatherElements", "x i", "y"));
        for (int batch = 0; batch < 2; batch++) {
            examples.add(Example.named("GatherND with batches of " + batch + " axes")
                    .input("x", FLOAT32, 2, 3, "M", 2)
                    .input("i", INT64, 2, 2, 2)
                    .run(floats("x", 2, 3, 3, 2), OnnxTensor.int64("i", List.of(2, 2, 2), 0, -1, 1, 1, 1, 0, -1, -2))
                    .node("GatherND", "x i", "y", "batch_dims", integer(batch)));
        }
        examples.add(Example.named("contributed GatherND")
                .input("x", FLOAT32, 2, 3)
                .constant(OnnxTensor.int64("i", List.of(2, 2), 0, 1, -1, 2))
                .contributed("GatherND", "x i", "y"));
        examples.add(Example.named("Compress")
                .input("x", FLOAT32, "N", 3)
                .input("c", BOOL, 3)
                .run(floats("x", 2, 3), counted("c", BOOL, 3))
                .node("Compress", "x c", "y", "axis", integer(1)));
        examples.add(Example.named("Compress of all elements")
                .input("x", FLOAT32, 2, 3)
                .input("c", BOOL, 5)
                .run(floats("x", 2, 3), counted("c", BOOL, 5))
                .node("Compress", "x c", "y"));
        examples.add(Example.named("NonZero")
                .input("x", FLOAT32, "N", 3)
                .run(OnnxTensor.float32("x", List.of(2, 3), 0, 1, -0f, 3, 0, Float.NaN))
                .run(OnnxTensor.float32("x", List.of(1, 3), 0, 0, 0))
                .node("NonZero", "x", "y"));
        return examples;
    }

    private static List<Example> scatters() {
        List<Example> examples = new ArrayList<>();
        for (String reduction : List.of("none", "add", "mul", "max", "min")) {
            OnnxTensor indices = reduction.equals("none")
                    ? OnnxTensor.int64("i", List.of(2, 2), 0, -1, 1, 2)
                    : OnnxTensor.int64("i", List.of(2, 2), 0, 0, 1, -1);
            examples.add(Example.named("ScatterElements by " + reduction)
                    .input("x", FLOAT32, "N", 3)
                    .input("i", INT64, "N", 2)
                    .input("u", FLOAT32, "N", 2)
                    .run(floats("x", 2, 3), indices, floats("u", 2, 2))
                    .node("ScatterElements", "x i u", "y", "axis", integer(1), "reduction", text(reduction)));
            examples.add(Example.named("ScatterElements of integers by " + reduction)
                    .input("x", INT32, 4, 3)
                    .constant(indices)
                    .input("u", INT32, 2, 2)
                    .run(counted("x", INT32, 4, 3), counted("u", INT32, 2, 2))
                    .node("ScatterElements", "x i u", "y", "axis", integer(0), "reduction", text(reduction)));
            OnnxTensor rows = reduction.equals("none") ? longs("i", 0, -1) : longs("i", 1, 1);
            examples.add(Example.named("ScatterND by " + reduction)
                    .input("x", FLOAT32, "N", 3, 2)
                    .input("i", INT64, 2, 1)
                    .input("u", FLOAT32, 2, 3, 2)
                    .run(
                            floats("x", 4, 3, 2),
                            new OnnxTensor("i", INT64, List.of(2, 1), rows.data()),
                            floats("u", 2, 3, 2))
                    .node("ScatterND", "x i u", "y", "reduction", text(reduction)));
        }
        examples.add(Example.named("Scatter of truth values")
                .opset(10)
                .input("x", BOOL, 5)
                .input("i", INT64, 2)
                .input("u", BOOL, 2)
                .run(counted("x", BOOL, 5), longs("i", 0, 1), counted("u", BOOL, 2))
                .node("Scatter", "x i u", "y"));
        for (String mode : List.of("linear", "circular")) {
            examples.add(Example.named("TensorScatter " + mode)
                    .opset(24)
                    .input("x", FLOAT32, "N", 2, 5, 3)
                    .input("u", FLOAT32, "N", 2, 2, 3)
                    .input("i", INT64, "N")
                    .run(floats("x", 2, 2, 5, 3), floats("u", 2, 2, 2, 3), longs("i", 1, mode.equals("linear") ? 3 : 4))
                    .node("TensorScatter", "x u i", "y", "mode", text(mode)));
        }
        return examples;
    }

    private static List<Example> made() {
        List<Example> examples = new ArrayList<>();
        for (List<Integer> stretch : List.of(List.of(0, 4), List.of(1, -1), List.of(1, 2), List.of(3, 1))) {
            examples.add(image("Shape " + stretch, "H", "W")
                    .node("Shape", "x", "y", "start", integer(stretch.get(0)), "end", integer(stretch.get(1))));
        }
        examples.add(image("Size", "H", "W").node("Size", "x", "y"));
        examples.add(Example.named("ConstantOfShape")
                .input("s", INT64, 2)
                .run(longs("s", 2, 3))
                .run(longs("s", 1, 0))
                .node("ConstantOfShape", "s", "y", "value", tensor(longs("v", 7))));
        examples.add(Example.named("ConstantOfShape of truth values")
                .input("x", FLOAT32, "N", "M")
                .node("Shape", "x", "s")
                .node("ConstantOfShape", "s", "y", "value", tensor(counted("v", BOOL, 1))));
        examples.add(Example.named("Range of integers")
                .input("a", INT64)
                .input("b", INT64)
                .input("c", INT64)
                .run(scalar("a", 3), scalar("b", 11), scalar("c", 3))
                .run(scalar("a", 3), scalar("b", -4), scalar("c", -2))
                .run(scalar("a", 3), scalar("b", 1), scalar("c", 1))
                .node("Range", "a b c", "y"));
        examples.add(Example.named("Range of floats")
                .input("b", FLOAT32)
                .constant(OnnxTensor.float32("a", List.of(), 0.5f))
                .constant(OnnxTensor.float32("c", List.of(), 0.1f))
                .run(OnnxTensor.float32("b", List.of(), 300.5f))
                .run(OnnxTensor.float32("b", List.of(), 0))
                .node("Range", "a b c", "y"));
        examples.add(Example.named("EyeLike")
                .input("x", FLOAT32, "N", 4)
                .node("EyeLike", "x", "y", "k", integer(-1), "dtype", integer(7)));
        for (int upper = 0; upper < 2; upper++) {
            examples.add(image("Trilu " + upper, "H", "W").node("Trilu", "x", "y", "upper", integer(upper)));
            examples.add(Example.named("Trilu with an offset given " + upper)
                    .input("x", INT64, 2, 2, 2, 3, 4)
                    .input("k", INT64)
                    .run(counted("x", INT64, 2, 2, 2, 3, 4), scalar("k", 1))
                    .run(counted("x", INT64, 2, 2, 2, 3, 4), scalar("k", -7))
                    .node("Trilu", "x k", "y", "upper", integer(upper)));
        }
        examples.add(image("contributed Trilu", 4, 5).contributed("Trilu", "x", "y"));
        for (int axis : new int[] {-1, 0, 1}) {
            examples.add(Example.named("OneHot along " + axis)
                    .input("i", INT64, "N", 3)
                    .input("d", INT64)
                    .input("v", FLOAT32, 2)
                    .run(
                            OnnxTensor.int64("i", List.of(2, 3), 0, 1, -1, 5, -6, 3),
                            scalar("d", 5),
                            OnnxTensor.float32("v", List.of(2), -1, 2))
                    .node("OneHot", "i d v", "y", "axis", integer(axis)));
        }
        examples.add(image("Tile", "H", "W").constant("r", 1, 2, 3, 1).node("Tile", "x r", "y"));
        examples.add(Example.named("Tile as often as given")
                .input("x", BOOL, 2, "M")
                .input("r", INT64, 2)
                .run(counted("x", BOOL, 2, 3), longs("r", 2, 3))
                .run(counted("x", BOOL, 2, 3), longs("r", 1, 0))
                .node("Tile", "x r", "y"));
        examples.add(Example.named("Expand")
                .input("x", FLOAT32, "N", 1, 3)
                .constant("s", 2, 1, 4, 1)
                .node("Expand", "x s", "y"));
        examples.add(Example.named("Expand to a shape given")
                .input("x", INT64, 2, 1)
                .input("s", INT64, 3)
                .run(counted("x", INT64, 2, 1), longs("s", 3, 2, 4))
                .run(counted("x", INT64, 2, 1), longs("s", 1, 1, 1))
                .node("Expand", "x s", "y"));
        return examples;
    }

    private static List<Example> rearranged() {
        List<Example> examples = new ArrayList<>();
        for (String mode : List.of("DCR", "CRD")) {
            examples.add(Example.named("DepthToSpace " + mode)
                    .input("x", FLOAT32, "N", 8, "H", 3)
                    .node("DepthToSpace", "x", "y", "blocksize", integer(2), "mode", text(mode)));
        }
        examples.add(Example.named("SpaceToDepth")
                .input("x", FLOAT32, "N", 3, 4, 6)
                .node("SpaceToDepth", "x", "y", "blocksize", integer(2)));
        examples.add(Example.named("ReverseSequence")
                .input("x", FLOAT32, 4, "N", 2)
                .input("n", INT64, "N")
                .run(floats("x", 4, 3, 2), longs("n", 1, 4, 2))
                .node("ReverseSequence", "x n", "y"));
        return examples;
    }

    private static List<Example> padded() {
        List<Example> examples = new ArrayList<>();
        for (String mode : List.of("constant", "edge", "reflect", "wrap")) {
            for (List<Long> amounts : List.of(List.of(1L, 2L), List.of(-1L, 1L), List.of(0L, -2L))) {
                examples.add(image("Pad " + mode + " by " + amounts, 5, "W")
                        .constant("p", 0, 0, amounts.get(0), amounts.get(1), 0, 0, amounts.get(1), 0)
                        .node("Pad", "x p", "y", "mode", text(mode))
                        .run(floats("x", 1, 3, 5, 4))
                        .run(floats("x", 2, 3, 5, 6)));
                examples.add(Example.named("Pad " + mode + " by amounts given " + amounts)
                        .input("x", INT32, 2, 5)
                        .input("p", INT64, 2)
                        .constant("a", -1)
                        .run(counted("x", INT32, 2, 5), longs("p", amounts.get(0), amounts.get(1)))
                        .node("Pad", "x p - a", "y", "mode", text(mode)));
            }
        }
        examples.add(Example.named("Pad with a number, of axes given")
                .input("x", FLOAT32, 2, 5)
                .input("p", INT64, 2)
                .input("a", INT64, 1)
                .input("v", FLOAT32)
                .run(floats("x", 2, 5), longs("p", 1, 2), longs("a", 1), OnnxTensor.float32("v", List.of(), 7))
                .run(floats("x", 2, 5), longs("p", 0, 3), longs("a", -2), OnnxTensor.float32("v", List.of(), -1))
                .node("Pad", "x p v a", "y"));
        examples.add(Example.named("Pad of opset 2")
                .opset(10)
                .input("x", FLOAT32, "N", 5)
                .node("Pad", "x", "y", "pads", integers(0, 1, 0, 2), "value", AttributeValue.number(3)));
        examples.add(Example.named("Pad of seven axes")
                .input("x", FLOAT32, "N", 2, 1, 3, 2, 2, 2)
                .constant("p", 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0)
                .node("Pad", "x p", "y"));
        examples.add(Example.named("contributed Pad")
                .input("x", FLOAT32, "N", 5)
                .constant("p", 0, 1, 0, 2)
                .contributed("Pad", "x p", "y"));
        examples.add(Example.named("CenterCropPad")
                .input("x", FLOAT32, "N", 5, "W")
                .constant("s", 8, 3)
                .node("CenterCropPad", "x s", "y", "axes", integers(1, -1))
                .run(floats("x", 1, 5, 6))
                .run(floats("x", 2, 5, 1)));
        examples.add(Example.named("CenterCropPad to lengths given")
                .input("x", FLOAT32, 4, 5)
                .input("s", INT64, 2)
                .run(floats("x", 4, 5), longs("s", 7, 2))
                .run(floats("x", 4, 5), longs("s", 1, 10))
                .node("CenterCropPad", "x s", "y"));
        examples.add(Example.named("Col2Im")
                .input("x", FLOAT32, "N", 8, 6)
                .constant("image", 6, 6)
                .constant("block", 2, 2)
                .node("Col2Im", "x image block", "y", "strides", integers(2, 2), "dilations", integers(2, 1))
                .run(floats("x", 2, 8, 6)));
        return examples;
    }

    private static List<Example> suppressed() {
        List<Example> examples = new ArrayList<>();
        for (int center = 0; center < 2; center++) {
            examples.add(Example.named("NonMaxSuppression of equal scores " + center)
                    .input("b", FLOAT32, 1, "M", 4)
                    .input("s", FLOAT32, 1, 2, "M")
                    .constant("most", 3)
                    .constant(OnnxTensor.float32("overlap", List.of(1), 0.5f))
                    .constant(OnnxTensor.float32("least", List.of(1), 0.2f))
                    .run(
                            boxes(5),
                            OnnxTensor.float32("s", List.of(1, 2, 5), .5f, .9f, .5f, .9f, .5f, .1f, 0, .3f, .3f, .2f))
                    .run(boxes(2), OnnxTensor.float32("s", List.of(1, 2, 2), .1f, .1f, .1f, .1f))
                    .node("NonMaxSuppression", "b s most overlap least", "y", "center_point_box", integer(center)));
        }
        examples.add(Example.named("NonMaxSuppression of boxes that overlap just so much")
                .input("b", FLOAT32, 1, 2, 4)
                .input("s", FLOAT32, 1, 1, 2)
                .input("most", INT64, 1)
                .input("overlap", FLOAT32, 1)
                .run(halves(), scores(), longs("most", 5), OnnxTensor.float32("overlap", List.of(1), 0.5f))
                .run(halves(), scores(), longs("most", 5), OnnxTensor.float32("overlap", List.of(1), 0.4999f))
                .run(halves(), scores(), longs("most", 1), OnnxTensor.float32("overlap", List.of(1), 0))
                .node("NonMaxSuppression", "b s most overlap", "y"));
        return examples;
    }

    private static OnnxTensor boxes(int count) {
        float[] corners = new float[4 * count];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = i % 4 < 2 ? i * 0.07f : i * 0.07f + 1;
        }
        return OnnxTensor.float32("b", List.of(1, count, 4), corners);
    }

    private static OnnxTensor halves() {
        return OnnxTensor.float32("b", List.of(1, 2, 4), 0, 0, 2, 2, 0, 0, 2, 1);
    }

    private static OnnxTensor scores() {
        return OnnxTensor.float32("s", List.of(1, 1, 2), .5f, .9f);
    }

    private static List<Example> distinct() {
        List<Example> examples = new ArrayList<>();
        for (int sorted = 0; sorted < 2; sorted++) {
            examples.add(Example.named("Unique elements, sorted " + sorted)
                    .input("x", INT64, "N", 2)
                    .node("Unique", "x", "y first inverse counts", "sorted", integer(sorted))
                    .run(OnnxTensor.int64("x", List.of(3, 2), 5, Long.MIN_VALUE, 5, 2, 2, Long.MAX_VALUE))
                    .run(OnnxTensor.int64("x", List.of(1, 2), 1, 1)));
            examples.add(Example.named("Unique rows, sorted " + sorted)
                    .input("x", FLOAT32, "N", 2)
                    .node("Unique", "x", "y first inverse counts", "axis", integer(0), "sorted", integer(sorted))
                    .run(OnnxTensor.float32("x", List.of(5, 2), 2, 1, -1, 0, 2, 0, 2, 1, -1, 0))
                    .run(OnnxTensor.float32("x", List.of(2, 2), 1, 1, 1, 1)));
        }
        examples.add(Example.named("contributed Unique")
                .input("x", FLOAT32, 5)
                .run(OnnxTensor.float32("x", List.of(5), 3, 1, 3, 2, 1))
                .contributed("Unique", "x", "y inverse counts"));
        return examples;
    }

    private static List<Example> vectors() {
        List<Example> examples = new ArrayList<>();
        for (String mode : List.of("TF", "IDF", "TFIDF")) {
            examples.add(Example.named("TfIdfVectorizer " + mode)
                    .opset(9)
                    .input("x", INT64, "N", 6)
                    .run(OnnxTensor.int64("x", List.of(2, 6), 2, 3, 5, 4, 2, 3, 7, 5, 4, 7, 8, 2))
                    .node(
                            "TfIdfVectorizer",
                            "x",
                            "y",
                            "mode",
                            text(mode),
                            "min_gram_length",
                            integer(1),
                            "max_gram_length",
                            integer(2),
                            "max_skip_count",
                            integer(1),
                            "ngram_counts",
                            integers(0, 3),
                            "ngram_indexes",
                            integers(4, 1, 2, 3, 0),
                            "pool_int64s",
                            integers(2, 3, 5, 5, 4, 2, 3),
                            "weights",
                            new AttributeValue.Numbers(List.of(2f, 3f, 4f, 5f, 6f))));
        }
        examples.add(Example.named("Constant").node("Constant", "", "y", "value", tensor(longs("v", 1, 2))));
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesWhatOnnxRuntimeGives(Example example) {
        ConversionResult result = example.convert();
        assertThat(result.parity().passed()).isTrue();
        assertThat(result.parity().outputs()).isNotEmpty();
    }

    static Stream<Example> refused() {
        return Stream.of(
                Example.named("an open batch of boxes")
                        .input("b", FLOAT32, "N", 5, 4)
                        .input("s", FLOAT32, "N", 1, 5)
                        .constant("most", 3)
                        .node("NonMaxSuppression", "b s most", "y"),
                Example.named("a product of 64-bit integers")
                        .input("x", INT64, 4)
                        .input("i", INT64, 2)
                        .input("u", INT64, 2)
                        .node("ScatterElements", "x i u", "y", "reduction", text("mul")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatTfliteCantDo(Example example) {
        assertThatThrownBy(example::convert)
                .isInstanceOf(SlipwayException.class)
                .hasMessageContaining(example.operators().get(0))
                .extracting(error -> ((SlipwayException) error).code())
                .isEqualTo("edge.unsupported-operator");
    }

    @Test
    void slicesOfKnownLengthsAndEqualPartsAreSingleOperations() {
        ConversionResult result = Example.named("plain parts")
                .input("x", FLOAT32, "N", 6, 4)
                .constant("from", 1)
                .constant("to", 3)
                .constant("axis", 1)
                .node("Slice", "x from to axis", "y")
                .node("Split", "x", "a b c", "axis", integer(1), "num_outputs", integer(3))
                .convert();
        assertThat(result.operators()).containsOnlyKeys("SLICE", "SPLIT");
    }

    @Test
    void everyOperatorOfTheFamilyIsInAnExample() {
        List<String> covered =
                examples().flatMap(example -> example.operators().stream()).toList();
        assertThat(covered)
                .containsAll(new MovementOperators()
                        .entries().stream().map(OperatorEntry::operator).toList());
    }

    private static Example image(String name, Object height, Object width) {
        return Example.named(name).input("x", FLOAT32, "N", 3, height, width);
    }

    private static AttributeValue tensor(OnnxTensor value) {
        return new AttributeValue.TensorValue(value);
    }
}
