package dev.slipway.conversion.child;

import dev.slipway.api.conversion.ParityReport;
import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.EdgeRunner;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.SessionValue;

/** Runs a converted file and its ONNX model on a whole test split, each in its own runtime, and compares. */
final class SplitParity {
    private static final int BATCH = 64;

    /** Hears how many samples were compared. */
    interface Progress {
        void at(int done, int count);
    }

    private SplitParity() {}

    /**
     * @param options of the conversion, whose least cosine counts instead of the tolerance where it has one
     * @param tolerance the greatest absolute error allowed
     * @param progress told the samples done, after every batch; what it throws ends the comparison
     */
    static ParityReport measure(
            byte[] onnx,
            ConversionResult result,
            ConversionOptions options,
            TestSplit split,
            double tolerance,
            Progress progress) {
        try (OnnxSession source = OnnxSession.open(onnx);
                EdgeRunner converted =
                        EdgeRunner.open(result.target(), result.bytes(), 1).in(options.layout())) {
            ParityMeter meter = new ParityMeter();
            int batch = batchSize(source, split);
            for (int from = 0; from < split.count(); from += batch) {
                int to = Math.min(split.count(), from + batch);
                Tensor samples = split.samples().rows(from, to);
                meter.add(source.run(samples), converted.run(samples), split.labels(from, to));
                progress.at(to, split.count());
            }
            return meter.report(tolerance, options.minimumCosine());
        }
    }

    private static int batchSize(OnnxSession source, TestSplit split) {
        if (source.inputs().size() != 1 || source.outputs().size() != 1) {
            throw SlipwayException.unsupported(
                    "conversion.inputs",
                    "A conversion is verified on models of one input and one output; this one has "
                            + source.inputs().size() + " and "
                            + source.outputs().size() + ".");
        }
        SessionValue input = source.inputs().get(0);
        if (input.shape().isEmpty() || !(input.shape().get(0) instanceof Dimension.Fixed fixed)) {
            return BATCH;
        }
        if (fixed.length() < 1 || split.count() % fixed.length() != 0) {
            throw SlipwayException.unsupported(
                    "conversion.batch",
                    "The model takes batches of exactly " + fixed.length() + ", which do not divide the "
                            + split.count() + " samples of the test split; export it with an open batch axis.");
        }
        return (int) fixed.length();
    }
}
