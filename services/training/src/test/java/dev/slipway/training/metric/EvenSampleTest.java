package dev.slipway.training.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EvenSampleTest {
    @Property(tries = 300)
    void aSampleIsEvenAndHasTheEnds(
            @ForAll @IntRange(max = 5000) int count, @ForAll @IntRange(min = 1, max = 50) int size) {
        List<Integer> all = IntStream.range(0, count).boxed().toList();
        EvenSample<Integer> sample = new EvenSample<>(size);
        all.forEach(sample::add);

        List<Integer> items = sample.items();

        if (count <= size) {
            assertThat(items).isEqualTo(all);
        } else {
            assertThat(items).hasSize(size).isSorted().doesNotHaveDuplicates();
            assertThat(items.get(size - 1)).isEqualTo(count - 1);
        }
        if (count > size && size > 1) {
            assertThat(items.get(0)).isZero();
            for (int i = 1; i < size; i++) {
                assertThat(items.get(i) - items.get(i - 1)).isLessThanOrEqualTo(4 * count / size + 1);
            }
        }
    }
}
