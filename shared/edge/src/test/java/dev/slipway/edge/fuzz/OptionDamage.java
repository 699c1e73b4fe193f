package dev.slipway.edge.fuzz;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.Layout;
import dev.slipway.edge.Precision;
import dev.slipway.edge.Target;
import dev.slipway.edge.data.SampleSource;
import dev.slipway.edge.quantise.BorderType;
import dev.slipway.edge.quantise.RangeMethod;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Options of conversions, some of which don't fit the model, by a seed. */
final class OptionDamage {
    /** The seed of plain conversions to TFLite. */
    static final long NONE = 0;

    private static final int MOST_TRIALS = 3;

    private OptionDamage() {}

    static ConversionOptions of(OnnxModel model, long seed) {
        ConversionOptions options = ConversionOptions.to(Target.TFLITE);
        if (seed == NONE) {
            return options;
        }
        Chance chance = Chance.of(seed);
        options = ConversionOptions.to(chance.one(8) ? chance.of(List.of(Target.values())) : Target.TFLITE)
                .withPrecision(chance.of(List.of(Precision.values())))
                .withSeed(chance.integer(1));
        if (options.target() == Target.TFLITE && chance.one(4)) {
            options = options.withLayout(Layout.NHWC);
        }
        if (chance.one(4)) {
            options = options.withInputShapes(shapes(model, chance));
        }
        if (chance.one(4)) {
            options = options.withBatchSizes(List.of(1 + chance.below(5), 1 + chance.below(9)));
        }
        options = options.withQuantisation(options.quantisation()
                .withBorder(chance.of(List.of(BorderType.values())))
                .withRange(chance.of(List.of(RangeMethod.values())))
                .withMostTrials(chance.below(MOST_TRIALS))
                .withFloatLayers(chance.one(4) ? Set.of("y", "no such layer") : Set.of()));
        if (chance.one(3)) {
            options = options.withSamples(samples(model, chance));
        }
        if (chance.one(4)) {
            options = options.withQuantisation(
                    options.quantisation().withCalibration(SampleSource.of(samples(model, chance))));
        }
        return options;
    }

    private static Map<String, List<Integer>> shapes(OnnxModel model, Chance chance) {
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        for (OnnxValue input : model.graph().requiredInputs()) {
            List<Integer> shape = lengths(input, chance);
            shapes.put(input.name(), chance.one(2) ? shape : TensorDamage.shape(shape, chance));
        }
        if (chance.one(6)) {
            shapes.put(chance.name(), List.of(1, 2));
        }
        return shapes;
    }

    private static List<Map<String, OnnxTensor>> samples(OnnxModel model, Chance chance) {
        List<Map<String, OnnxTensor>> samples = new ArrayList<>();
        int count = 1 + chance.below(3);
        for (int i = 0; i < count; i++) {
            samples.add(sample(model, chance));
        }
        return samples;
    }

    private static Map<String, OnnxTensor> sample(OnnxModel model, Chance chance) {
        Map<String, OnnxTensor> sample = new LinkedHashMap<>();
        for (OnnxValue input : model.graph().requiredInputs()) {
            ElementType type = input.type() instanceof ValueType.Dense dense ? dense.element() : ElementType.FLOAT32;
            if (type == ElementType.STRING || chance.one(12)) {
                type = ElementType.INT64;
            }
            List<Integer> shape = lengths(input, chance);
            if (chance.one(6)) {
                shape = TensorDamage.shape(shape, chance);
            }
            if (!chance.one(20)) {
                sample.put(input.name(), TensorDamage.of(input.name(), type, shape, chance));
            }
        }
        if (chance.one(20)) {
            sample.put("other", OnnxTensor.float32("other", List.of(1), 1));
        }
        return sample;
    }

    private static List<Integer> lengths(OnnxValue input, Chance chance) {
        return input.type() instanceof ValueType.Dense dense
                ? dense.shape().orElse(List.of()).stream()
                        .map(length -> length instanceof Dimension.Fixed fixed
                                ? (int) Math.max(0, Math.min(fixed.length(), 1 << 20))
                                : 1 + chance.below(3))
                        .toList()
                : List.of(1);
    }
}
