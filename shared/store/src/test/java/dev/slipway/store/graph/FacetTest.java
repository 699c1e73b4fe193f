package dev.slipway.store.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FacetTest {
    @Property(tries = 300)
    void ofTwoDifferentFacetsExactlyOneWins(@ForAll("facets") Facet left, @ForAll("facets") Facet right) {
        assertThat(left.wins(right) || right.wins(left)).isEqualTo(!left.equals(right));
        assertThat(left.wins(right) && right.wins(left)).isFalse();
    }

    @Property(tries = 200)
    void theWinnerOfManyDoesNotDependOnTheirOrder(@ForAll("lists") List<Facet> facets, @ForAll long seed) {
        Facet winner = winner(facets);
        Collections.shuffle(facets, new Random(seed));
        assertThat(winner(facets)).isEqualTo(winner);
    }

    private static Facet winner(List<Facet> facets) {
        return facets.stream().reduce((a, b) -> b.wins(a) ? b : a).orElseThrow();
    }

    @Provide
    Arbitrary<List<Facet>> lists() {
        return facets().list().ofMinSize(1).ofMaxSize(8);
    }

    /** Few steps, times and values, so that many are equal in part. */
    @Provide
    Arbitrary<Facet> facets() {
        Arbitrary<Facet.Value> values = Arbitraries.oneOf(
                Arbitraries.of(0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, 1.5)
                        .map(Facet.Value.Num::new),
                Arbitraries.of("", "a", "b", "\uffee", "😀").map(Facet.Value.Text::new));
        Arbitrary<Long> small = Arbitraries.longs().between(-1, 1);
        return Combinators.combine(values, small, small)
                .as((value, step, time) -> new Facet(FacetKind.METRIC, "loss", value, step, time));
    }
}
