package dev.slipway.monitoring;

import dev.slipway.api.Sample;
import dev.slipway.api.monitoring.LoggedPrediction;
import dev.slipway.kernel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Images of 8×8 in ten classes, made like handwritten digits: 17 shades, a pattern per class, much black, some noise. */
final class SyntheticDigits {
    static final List<String> CLASSES =
            IntStream.range(0, 10).mapToObj(String::valueOf).toList();
    static final List<Integer> SHAPE = List.of(1, 8, 8);

    private final Random random;
    private final float[][] patterns = new float[10][64];

    SyntheticDigits(long seed) {
        random = new Random(seed);
        Random strokes = new Random(1);
        for (float[] pattern : patterns) {
            for (int pixel = 0; pixel < 64; pixel++) {
                boolean border = pixel % 8 == 0 || pixel % 8 == 7;
                pattern[pixel] = border || strokes.nextInt(3) > 0 ? 0 : 4 + strokes.nextInt(13);
            }
        }
    }

    record Digit(Tensor image, int label) {}

    Digit next() {
        int label = random.nextInt(10);
        float[] values = new float[64];
        for (int pixel = 0; pixel < 64; pixel++) {
            double shade = patterns[label][pixel] + (patterns[label][pixel] == 0 ? 0 : 3 * random.nextGaussian());
            values[pixel] = (float) (Math.max(0, Math.min(16, Math.round(shade))) / 16.0);
        }
        return new Digit(new Tensor(SHAPE, values), label);
    }

    List<Digit> next(int count) {
        return IntStream.range(0, count).mapToObj(i -> next()).toList();
    }

    static Digit inverted(Digit digit) {
        float[] values = new float[64];
        for (int pixel = 0; pixel < 64; pixel++) {
            values[pixel] = 1 - digit.image().values()[pixel];
        }
        return new Digit(new Tensor(SHAPE, values), digit.label());
    }

    /** Predictions that are all right, with keys {@code prefix-0}, {@code prefix-1} … */
    static List<LoggedPrediction> predictions(String prefix, List<Digit> digits) {
        List<LoggedPrediction> predictions = new ArrayList<>();
        for (Digit digit : digits) {
            predictions.add(new LoggedPrediction(
                    prefix + "-" + predictions.size(),
                    Sample.of(digit.image()),
                    CLASSES.get(digit.label()),
                    0.875,
                    1_000_000L + predictions.size()));
        }
        return predictions;
    }
}
