package dev.slipway.edge;

import static dev.slipway.edge.TestModels.weights;
import static dev.slipway.onnx.AttributeValue.integer;
import static dev.slipway.onnx.AttributeValue.integers;
import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Convolution and pooling with random windows, run by TFLite and by ONNX Runtime. */
class WindowConversionTest {

    @Property(tries = 120)
    void convolutions(
            @ForAll @Size(2) List<@IntRange(min = 1, max = 3) Integer> kernel,
            @ForAll @Size(2) List<@IntRange(min = 1, max = 3) Integer> strides,
            @ForAll @Size(2) List<@IntRange(min = 1, max = 2) Integer> dilations,
            @ForAll @Size(4) List<@IntRange(min = 0, max = 2) Integer> pads,
            @ForAll @IntRange(min = 1, max = 3) int groups,
            @ForAll @IntRange(min = 1, max = 2) int channelsPerGroup,
            @ForAll @IntRange(min = 1, max = 2) int multiplier) {
        int channels = groups * channelsPerGroup;
        int filters = groups * multiplier;
        Map<String, AttributeValue> attributes = new HashMap<>();
        attributes.put("strides", longs(strides));
        attributes.put("dilations", longs(dilations));
        attributes.put("pads", longs(pads));
        attributes.put("group", integer(groups));
        assertConverts(OnnxGraphBuilder.named("convolution")
                .input("x", batch("N", channels, 7, 6))
                .initializer(weights("w", 1, filters, channelsPerGroup, kernel.get(0), kernel.get(1)))
                .initializer(weights("b", 2, filters))
                .node("Conv", List.of("x", "w", "b"), "y", attributes)
                .output("y"));
    }

    @Property(tries = 60)
    void convolutionsWithAutomaticPadding(
            @ForAll @Size(2) List<@IntRange(min = 1, max = 4) Integer> kernel,
            @ForAll @Size(2) List<@IntRange(min = 1, max = 3) Integer> strides,
            @ForAll boolean upper) {
        assertConverts(OnnxGraphBuilder.named("automatic")
                .input("x", batch("N", 2, 7, 6))
                .initializer(weights("w", 1, 3, 2, kernel.get(0), kernel.get(1)))
                .node(
                        "Conv",
                        List.of("x", "w"),
                        "y",
                        Map.of(
                                "strides", longs(strides),
                                "auto_pad", AttributeValue.text(upper ? "SAME_UPPER" : "SAME_LOWER")))
                .output("y"));
    }

    @Property(tries = 120)
    void pools(
            @ForAll @Size(2) List<@IntRange(min = 2, max = 3) Integer> kernel,
            @ForAll @Size(2) List<@IntRange(min = 1, max = 3) Integer> strides,
            @ForAll @Size(4) List<@IntRange(min = 0, max = 1) Integer> pads,
            @ForAll boolean average,
            @ForAll boolean ceil,
            @ForAll boolean countPadding) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        attributes.put("kernel_shape", longs(kernel));
        attributes.put("strides", longs(strides));
        attributes.put("pads", longs(pads));
        attributes.put("ceil_mode", integer(ceil ? 1 : 0));
        if (average) {
            attributes.put("count_include_pad", integer(countPadding ? 1 : 0));
        }
        assertConverts(OnnxGraphBuilder.named("pool")
                .input("x", batch("N", 2, 7, 6))
                .node(average ? "AveragePool" : "MaxPool", List.of("x"), "y", attributes)
                .output("y"));
    }

    private static void assertConverts(OnnxGraphBuilder model) {
        ConversionResult result =
                new Converter().convert(OnnxWriter.write(model.build()), ConversionOptions.to(Target.TFLITE));
        assertThat(result.parity().passed()).isTrue();
    }

    private static AttributeValue longs(List<Integer> values) {
        return integers(values.stream().mapToLong(Integer::longValue).toArray());
    }
}
