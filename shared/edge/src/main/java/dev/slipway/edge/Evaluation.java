package dev.slipway.edge;

import dev.slipway.edge.data.NumpyReader;
import dev.slipway.edge.data.SampleSource;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.run.OnnxSession;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How often a classifier names the right class, before and after conversion.
 *
 * @param rows how many were classified
 * @param onnxAccuracy the share, 0 to 1, that the ONNX model classified right
 * @param convertedAccuracy the share, 0 to 1, that the converted model classified right
 */
public record Evaluation(long rows, double onnxAccuracy, double convertedAccuracy) {

    /** Reads class numbers, one for each row; fails with {@code edge.numpy} or {@code edge.sample}. */
    public static long[] labels(Path file) {
        OnnxTensor labels = NumpyReader.read(file);
        if (labels.shape().size() != 1 || isFloating(labels.type())) {
            throw unusable(file + " holds " + labels.type() + labels.shape() + ", not a vector of class numbers");
        }
        long[] classes = new long[labels.size()];
        ByteBuffer from = labels.data();
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (long) EdgeTensors.number(from, labels.type());
        }
        return classes;
    }

    /**
     * Classifies all samples with both models; the class is where the largest number of a row of the model's first output
     * stands, the last axis being the row. Fails with {@code edge.sample} if there are not as many rows as labels.
     */
    public static Evaluation of(OnnxModel model, EdgeRunner converted, SampleSource samples, long[] labels) {
        return new Evaluation(labels.length, accuracy(model, samples, labels), accuracy(converted, samples, labels));
    }

    /** The share, 0 to 1, that the ONNX model classifies right; see {@link #of}. */
    static double accuracy(OnnxModel model, SampleSource samples, long[] labels) {
        try (OnnxSession session = OnnxSession.open(model)) {
            return accuracy(session::evaluate, samples, labels);
        }
    }

    /** The share, 0 to 1, that the converted model classifies right; see {@link #of}. */
    static double accuracy(EdgeRunner converted, SampleSource samples, long[] labels) {
        return accuracy(converted::evaluate, samples, labels);
    }

    private static double accuracy(UnaryOperator<Map<String, OnnxTensor>> model, SampleSource samples, long[] labels) {
        int rows = 0;
        int right = 0;
        try (Stream<Map<String, OnnxTensor>> stream = samples.samples()) {
            for (Iterator<Map<String, OnnxTensor>> each = stream.iterator(); each.hasNext(); ) {
                for (int found : classes(model.apply(each.next()))) {
                    if (rows == labels.length) {
                        throw unusable("there are " + labels.length + " labels, but the model classifies more rows");
                    }
                    right += found == labels[rows++] ? 1 : 0;
                }
            }
        }
        if (rows != labels.length || rows == 0) {
            throw unusable("there are " + labels.length + " labels, but " + rows + " rows were classified");
        }
        return (double) right / rows;
    }

    private static int[] classes(Map<String, OnnxTensor> outputs) {
        OnnxTensor scores = outputs.values().iterator().next();
        int rank = scores.shape().size();
        int length = rank == 0 ? 0 : scores.shape().get(rank - 1);
        if (length < 2) {
            throw unusable("the model's first output has shape " + scores.shape() + ", which holds no classes");
        }
        int[] classes = new int[scores.size() / length];
        ByteBuffer from = scores.data();
        for (int row = 0; row < classes.length; row++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < length; i++) {
                double score = EdgeTensors.number(from, scores.type());
                if (score > most) {
                    most = score;
                    classes[row] = i;
                }
            }
        }
        return classes;
    }

    private static boolean isFloating(ElementType type) {
        return switch (type) {
            case FLOAT32, FLOAT16, BFLOAT16, FLOAT64 -> true;
            default -> false;
        };
    }

    private static SlipwayException unusable(String why) {
        return SlipwayException.invalid("edge.sample", "The labelled data is not usable: " + why + ".");
    }
}
