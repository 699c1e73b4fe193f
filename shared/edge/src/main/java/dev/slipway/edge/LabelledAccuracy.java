package dev.slipway.edge;

import dev.slipway.edge.graph.TfliteEmitter;
import dev.slipway.edge.quantise.AccuracyGoal;
import dev.slipway.edge.quantise.AccuracyTarget;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.tflite.TfliteWriter;
import java.nio.ByteBuffer;
import java.util.Optional;

/** How much less often than its ONNX model a converted classifier is right about the labelled data of the options. */
final class LabelledAccuracy {
    private final AccuracyTarget target;
    private final Layout layout;
    private final double before;

    private LabelledAccuracy(OnnxModel source, AccuracyTarget target, Layout layout) {
        this.target = target;
        this.layout = layout;
        this.before = Evaluation.accuracy(source, target.samples(), labels(target));
    }

    /** Empty if the options ask for none, or their precision has nothing to lose. */
    static Optional<LabelledAccuracy> of(OnnxModel source, ConversionOptions options) {
        return options.quantisation()
                .accuracy()
                .filter(target -> options.precision() != Precision.FP32)
                .map(target -> new LabelledAccuracy(source, target, options.layout()));
    }

    AccuracyGoal goal() {
        return new AccuracyGoal(
                graph -> drop(Target.TFLITE, TfliteWriter.writeDirect(TfliteEmitter.emit(graph, ""))),
                target.maximumDrop());
    }

    /** Fails with {@code edge.accuracy} if the result is right too seldom. */
    void check(ConversionResult result) {
        double drop = drop(result.target(), result.bytes());
        if (drop > target.maximumDrop()) {
            throw SlipwayException.invalid(
                    "edge.accuracy",
                    "The " + result.precision() + " model classifies " + (before - drop)
                            + " of the labelled data right, the ONNX model " + before + "; it may drop by "
                            + target.maximumDrop()
                            + ". Nothing was published; calibrate with typical inputs, allow more"
                            + " trials or a larger drop.");
        }
    }

    private double drop(Target format, ByteBuffer file) {
        try (EdgeRunner runner =
                EdgeRunner.open(format, file, 1).withFloatBorder(file).in(layout)) {
            return before - Evaluation.accuracy(runner, target.samples(), labels(target));
        }
    }

    private static long[] labels(AccuracyTarget target) {
        return target.labels().stream().mapToLong(Long::longValue).toArray();
    }
}
