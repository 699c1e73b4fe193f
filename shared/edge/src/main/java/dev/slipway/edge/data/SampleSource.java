package dev.slipway.edge.data;

import dev.slipway.onnx.OnnxTensor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Inputs for a model, made one after another: for verification, calibration and evaluation. A source may be gone through
 * any number of times and gives the same samples each time.
 */
public interface SampleSource {

    /** How many samples there are. */
    int size();

    /**
     * The samples in order, each a tensor for every input name; only one of them is in memory at a time. Errors while
     * reading are {@code edge.sample}.
     */
    Stream<Map<String, OnnxTensor>> samples();

    /** The first samples, at most so many, all of them in memory. */
    default List<Map<String, OnnxTensor>> first(int most) {
        try (Stream<Map<String, OnnxTensor>> samples = samples()) {
            return samples.limit(most).toList();
        }
    }

    /** Samples that are in memory anyway. */
    static SampleSource of(List<Map<String, OnnxTensor>> samples) {
        List<Map<String, OnnxTensor>> kept = List.copyOf(samples);
        return new SampleSource() {
            @Override
            public int size() {
                return kept.size();
            }

            @Override
            public Stream<Map<String, OnnxTensor>> samples() {
                return kept.stream();
            }
        };
    }
}
