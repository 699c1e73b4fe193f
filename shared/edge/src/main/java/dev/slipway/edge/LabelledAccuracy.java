package dev.slipway.edge;

import dev.slipway.edge.graph.TfliteEmitter;
import dev.slipway.edge.quantise.AccuracyGoal;
import dev.slipway.edge.quantise.AccuracyTarget;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.tflite.TfliteWriter;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalDouble;

/** How much less often than its ONNX model a converted classifier is right about the labelled data of the options. */
final class LabelledAccuracy {
    private final OnnxModel source;
    private final AccuracyTarget target;
    private final Layout layout;
    // Found when it is first asked for, since FP32 has nothing to lose, and once for all precisions.
    private OptionalDouble before = OptionalDouble.empty();

    private LabelledAccuracy(OnnxModel source, AccuracyTarget target, Layout layout) {
        this.source = source;
        this.target = target;
        this.layout = layout;
    }

    /** Empty if the options ask for none. */
    static Optional<LabelledAccuracy> of(OnnxModel source, ConversionOptions options) {
        return options.quantisation().accuracy().map(target -> new LabelledAccuracy(source, target, options.layout()));
    }

    /** Fails with {@code edge.sample} if the labels don't fit the data. */
    AccuracyGoal goal() {
        // Told before work is done for it.
        before();
        return new AccuracyGoal(
                graph -> drop(Target.TFLITE, TfliteWriter.writeDirect(TfliteEmitter.emit(graph, ""))),
                target.maximumDrop());
    }

    /** Fails with {@code edge.accuracy} if the result is right too seldom; FP32 has nothing to lose. */
    void check(ConversionResult result) {
        if (result.precision() == Precision.FP32) {
            return;
        }
        double drop = drop(result.target(), result.bytes());
        if (drop > target.maximumDrop()) {
            throw SlipwayException.invalid(
                    "edge.accuracy",
                    "The " + result.precision() + " model classifies " + (before() - drop)
                            + " of the labelled data right, the ONNX model " + before() + "; it may drop by "
                            + target.maximumDrop()
                            + ". Nothing was published; calibrate with typical inputs, allow more"
                            + " trials or a larger drop.");
        }
    }

    private double drop(Target format, ByteBuffer file) {
        try (EdgeRunner runner =
                EdgeRunner.open(format, file, 1).withFloatBorder(file).in(layout)) {
            return before() - Evaluation.accuracy(runner, target.samples(), labels(target));
        }
    }

    private double before() {
        if (before.isEmpty()) {
            before = OptionalDouble.of(Evaluation.accuracy(source, target.samples(), labels(target)));
        }
        return before.getAsDouble();
    }

    private static long[] labels(AccuracyTarget target) {
        return target.labels().stream().mapToLong(Long::longValue).toArray();
    }
}
