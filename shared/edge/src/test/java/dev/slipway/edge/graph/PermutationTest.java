package dev.slipway.edge.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PermutationTest {
    private static final int RANK = 4;

    @Property
    void composingIsApplyingOneAfterTheOther(
            @ForAll("permutations") Permutation first,
            @ForAll("permutations") Permutation second,
            @ForAll("shapes") List<Integer> shape) {
        assertThat(first.then(second).apply(shape)).isEqualTo(second.apply(first.apply(shape)));
    }

    @Property
    void theInverseUndoes(@ForAll("permutations") Permutation order) {
        assertThat(order.then(order.inverse()).isIdentity()).isTrue();
        assertThat(order.inverse().then(order).isIdentity()).isTrue();
    }

    @Property
    void transposingAConstantComposes(
            @ForAll("permutations") Permutation first,
            @ForAll("permutations") Permutation second,
            @ForAll("shapes") List<Integer> shape) {
        EdgeValue value = counting(shape);
        EdgeValue twice = value.transposed(first).transposed(second);
        EdgeValue once = value.transposed(first.then(second));
        assertThat(once.shape()).isEqualTo(twice.shape());
        assertThat(once.integers()).isEqualTo(twice.integers());
    }

    @Property
    void aTransposeThatKeepsTheOrderLeavesTheElementsWhereTheyAre(
            @ForAll("permutations") Permutation order, @ForAll("shapes") List<Integer> shape) {
        EdgeValue value = counting(shape);
        if (order.keepsOrder(shape)) {
            assertThat(value.transposed(order).integers()).isEqualTo(value.integers());
        }
    }

    @Test
    void theLayoutsAreInverse() {
        assertThat(Permutation.toChannelsLast(4)).isEqualTo(Permutation.of(0, 2, 3, 1));
        assertThat(Permutation.toChannelsFirst(4)).isEqualTo(Permutation.of(0, 3, 1, 2));
    }

    @Test
    void whatIsNoPermutationIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Permutation.of(0, 0, 1));
    }

    @Provide
    Arbitrary<Permutation> permutations() {
        return Arbitraries.shuffle(0, 1, 2, 3).map(Permutation::new);
    }

    @Provide
    Arbitrary<List<Integer>> shapes() {
        return Arbitraries.integers().between(1, 3).list().ofSize(RANK);
    }

    private static EdgeValue counting(List<Integer> shape) {
        int size = shape.stream().reduce(1, (a, b) -> a * b);
        return EdgeValue.integers(
                "count",
                shape,
                Collections.unmodifiableList(IntStream.range(0, size).boxed().toList()));
    }
}
