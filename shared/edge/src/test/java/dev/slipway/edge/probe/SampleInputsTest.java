package dev.slipway.edge.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleInputsTest {
    private static final int ROWS = 40;
    private static final List<Integer> ONE_HUNDRED = List.of(100);

    @Test
    void asksForAnyRowOfATable() {
        List<Long> numbers = numbers(table().node(
                        "Cast", List.of("ids"), "wide", Map.of("to", AttributeValue.integer(ElementType.INT64.code())))
                .integers("column", -1, 1)
                .node("Reshape", List.of("wide", "column"), "rows")
                .node("Gather", List.of("table", "rows"), "y")
                .output("y")
                .build());
        assertThat(numbers).allMatch(number -> number >= 0 && number < ROWS).anyMatch(number -> number > ROWS / 2);
    }

    @Test
    void staysWithinTheSmallestOfSeveralTables() {
        List<Long> numbers = numbers(table().initializer(OnnxTensor.float32("types", List.of(3, 1), 1, 2, 3))
                .node("Gather", List.of("table", "ids"), "word")
                .node("Gather", List.of("types", "ids"), "type")
                .node("Add", List.of("word", "type"), "y")
                .output("y")
                .build());
        assertThat(numbers).allMatch(number -> number >= 0 && number < 3).contains(2L);
    }

    @Test
    void knowsOneHotVectorsByWhatTheyAreComparedWith() {
        List<Long> numbers = numbers(table().integers("column", -1, 1)
                .integers("classes", LongStream.range(0, ROWS).toArray())
                .node("Reshape", List.of("ids", "column"), "rows")
                .node("Equal", List.of("rows", "classes"), "hot")
                .node("Cast", List.of("hot"), "y", Map.of("to", AttributeValue.integer(ElementType.FLOAT32.code())))
                .output("y")
                .build());
        assertThat(numbers).allMatch(number -> number >= 0 && number < ROWS).anyMatch(number -> number > ROWS / 2);
    }

    @Test
    void drawsOnlyFlagsWhereNothingIsKnown() {
        List<Long> masks = numbers(
                table().node("Mul", List.of("ids", "ids"), "y").output("y").build());
        assertThat(masks).containsOnly(0L, 1L);
        List<Long> shifted = numbers(table().integers("offset", ROWS - 2)
                .node("Add", List.of("ids", "offset"), "position")
                .node("Gather", List.of("table", "position"), "y")
                .output("y")
                .build());
        assertThat(shifted).containsOnly(0L, 1L);
    }

    @Test
    void drawsNumbersThatTheModelComparesWith() {
        List<Long> rates = numbers(table().initializer(OnnxTensor.int64("rate", List.of(), 16_000))
                .node("Equal", List.of("ids", "rate"), "high")
                .node("Cast", List.of("high"), "y", Map.of("to", AttributeValue.integer(ElementType.FLOAT32.code())))
                .output("y")
                .build());
        assertThat(rates).containsOnly(0L, 1L, 16_000L);
    }

    /** A graph with numbers {@code ids} and a constant {@code table}. */
    private static OnnxGraphBuilder table() {
        return OnnxGraphBuilder.named("rows")
                .input("ids", List.of(Dimension.fixed(100)))
                .initializer(OnnxTensor.float32("table", List.of(ROWS, 1), new float[ROWS]));
    }

    private static List<Long> numbers(OnnxModel model) {
        List<OnnxValue> inputs = new ArrayList<>(List.of(OnnxValue.dense(
                "ids",
                ElementType.INT64,
                ONE_HUNDRED.stream().map(Dimension::fixed).toArray(Dimension[]::new))));
        OnnxModel integers = model.withGraph(model.graph().withInputs(inputs));
        OnnxTensor ids =
                SampleInputs.of(integers, new Symbols(integers), Map.of(), 1).get("ids");
        assertThat(ids.shape()).isEqualTo(ONE_HUNDRED);
        return Arrays.stream(ids.longs()).boxed().toList();
    }
}
