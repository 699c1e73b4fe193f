package dev.slipway.edge.quantise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.Quantization;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LatticeTest {
    /** Integers times a scale for each of the channels, at either end of the shape, come back as these integers. */
    @Property(tries = 200)
    void weightsThatWereQuantisedBecomeTheSameIntegers(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int channels, @ForAll boolean last) {
        SplittableRandom random = new SplittableRandom(seed);
        int inner = 20;
        float[] scales = new float[channels];
        for (int i = 0; i < channels; i++) {
            scales[i] = (float) Math.exp(random.nextDouble(-9, 3));
        }
        byte[] integers = new byte[channels * inner];
        float[] numbers = new float[integers.length];
        for (int i = 0; i < integers.length; i++) {
            int channel = last ? i % channels : i / inner;
            // One of the numbers is 1, so that no larger scale would do as well.
            boolean first = last ? i < channels : i % inner == 0;
            integers[i] = (byte) (first ? 1 : random.nextInt(-127, 128));
            numbers[i] = integers[i] * scales[channel];
        }
        EdgeValue weights = EdgeValue.floats("w", last ? List.of(inner, channels) : List.of(channels, inner), numbers);
        OptionalInt axis = OptionalInt.of(last ? 1 : 0);
        assertThat(SymmetricWeights.areExact(weights, axis)).isTrue();
        EdgeValue again = SymmetricWeights.of(weights, axis);
        Quantization how = again.quantization().orElseThrow();
        byte[] found = new byte[integers.length];
        again.data().orElseThrow().get(found);
        for (int i = 0; i < found.length; i++) {
            int channel = last ? i % channels : i / inner;
            assertThat(found[i] * how.scales().get(channel))
                    .isCloseTo(numbers[i], within(1e-5f * 127 * scales[channel]));
        }
    }

    @Property(tries = 100)
    void otherWeightsTakeAllSteps(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[64];
        float largest = 0;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
            largest = Math.max(largest, Math.abs(numbers[i]));
        }
        EdgeValue weights = EdgeValue.floats("w", List.of(1, 64), numbers);
        assertThat(SymmetricWeights.areExact(weights, OptionalInt.of(0))).isFalse();
        assertThat(SymmetricWeights.scales(weights, OptionalInt.of(0))[0]).isEqualTo(largest / 127);
    }
}
