package dev.slipway.edge.quantise;

import dev.slipway.edge.ConversionListener;
import dev.slipway.edge.ConversionStep;
import dev.slipway.tflite.TensorData;
import java.util.Map;
import java.util.function.Consumer;

/** Samples that tell a listener each time one of them was run. */
final class CountedRuns implements CalibrationData {
    private final CalibrationData samples;
    private final ConversionListener listener;
    private final ConversionStep step;
    private final int total;
    private int done;

    /** @param passes how often all samples are gone through, at least 1 */
    CountedRuns(CalibrationData samples, int passes, ConversionListener listener, ConversionStep step) {
        this.samples = samples;
        this.listener = listener;
        this.step = step;
        this.total = Math.max(1, passes * samples.size());
        listener.at(step, 0, total);
    }

    @Override
    public void forEach(Consumer<Map<String, TensorData>> consumer) {
        samples.forEach(sample -> {
            consumer.accept(sample);
            listener.at(step, Math.min(++done, total), total);
        });
    }

    @Override
    public int size() {
        return samples.size();
    }
}
