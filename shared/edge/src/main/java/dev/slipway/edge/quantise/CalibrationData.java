package dev.slipway.edge.quantise;

import dev.slipway.tflite.TensorData;
import java.util.Map;
import java.util.function.Consumer;

/** Typical inputs of a TFLite model, which can be gone through any number of times. */
public interface CalibrationData {

    /** Hands over one sample after another: a tensor, as the model takes it, for every input name. */
    void forEach(Consumer<Map<String, TensorData>> consumer);

    /** How many samples there are. */
    int size();

    /** The first samples only. */
    default CalibrationData first(int most) {
        CalibrationData all = this;
        return new CalibrationData() {
            @Override
            public void forEach(Consumer<Map<String, TensorData>> consumer) {
                int[] done = new int[1];
                all.forEach(sample -> {
                    if (done[0]++ < most) {
                        consumer.accept(sample);
                    }
                });
            }

            @Override
            public int size() {
                return Math.min(most, all.size());
            }
        };
    }
}
