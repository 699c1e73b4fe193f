package dev.slipway.store.graph;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OrderedDoubleTest {
    @Property(tries = 300)
    void theOrderIsThatOfDoubleCompare(@ForAll("doubles") double left, @ForAll("doubles") double right) {
        assertThat(Long.signum(Long.compare(OrderedDouble.encode(left), OrderedDouble.encode(right))))
                .isEqualTo(Integer.signum(Double.compare(left, right)));
    }

    @Property(tries = 300)
    void everyDoubleComesBack(@ForAll("doubles") double value) {
        assertThat(OrderedDouble.decode(OrderedDouble.encode(value))).isEqualTo(Double.valueOf(value));
    }

    /** Any bits at all, and the values at the edges. */
    @Provide
    Arbitrary<Double> doubles() {
        return Arbitraries.oneOf(
                Arbitraries.longs().map(Double::longBitsToDouble),
                Arbitraries.of(
                        Double.NaN,
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        0.0,
                        -0.0,
                        Double.MIN_VALUE,
                        -Double.MIN_VALUE,
                        Double.MAX_VALUE,
                        -Double.MAX_VALUE,
                        1.0,
                        -1.0));
    }
}
