package dev.slipway.store.tests;

import static dev.slipway.store.tests.GraphFixture.number;
import static dev.slipway.store.tests.GraphFixture.text;
import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetRemoval;
import dev.slipway.store.graph.FacetUpdate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Facets are set when they win, and read by entity. */
abstract class GraphFacetTests {
    abstract GraphFixture graph();

    @Test
    void facetsAreReadBackWithEveryDouble() {
        EntityRef run = graph().newRun();
        EntityId scope = graph().newRun().id();
        List<Double> values = List.of(
                0.0,
                -0.0,
                1.5,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                -Double.MAX_VALUE,
                (double) Long.MAX_VALUE);
        List<Facet> expected = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            FacetUpdate update = number(run, scope, FacetKind.METRIC, "m" + i, values.get(i), i);
            expected.add(update.facet());
            graph().facets(update);
        }
        FacetUpdate empty = text(run, scope, FacetKind.TAG, "empty", "");
        FacetUpdate longest = text(run, scope, FacetKind.PARAM, "k".repeat(250), "ü".repeat(100_000));
        graph().facets(empty, longest);
        expected.add(empty.facet());
        expected.add(longest.facet());
        assertThat(facets(run)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void oneKeyMayStandUnderSeveralKinds() {
        EntityRef run = graph().newRun();
        EntityId scope = graph().newRun().id();
        FacetUpdate param = text(run, scope, FacetKind.PARAM, "same", "a");
        FacetUpdate tag = text(run, scope, FacetKind.TAG, "same", "b");
        graph().facets(param, tag);
        assertThat(facets(run)).containsExactlyInAnyOrder(param.facet(), tag.facet());
    }

    @Test
    void entitiesWithoutFacetsAndOtherWorkspacesAreAbsent() {
        EntityRef run = graph().newRun();
        graph().facets(text(run, run.id(), FacetKind.TAG, "a", "b"));
        assertThat(graph().store
                        .facets(graph().here, List.of(run.id(), graph().newRun().id())))
                .containsOnlyKeys(run.id());
        assertThat(graph().store.facets(graph().elsewhere, List.of(run.id()))).isEmpty();
    }

    @Test
    void theGreaterStepTimestampAndValueWinsInWhateverOrderTheyComeAndHoweverOften() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            EntityRef run = graph().newRun();
            List<Facet> facets = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                facets.add(
                        new Facet(FacetKind.METRIC, "loss", value(random), random.nextInt(3) - 1, random.nextInt(2)));
            }
            Facet winner = facets.stream().reduce((a, b) -> b.wins(a) ? b : a).orElseThrow();
            facets.addAll(List.copyOf(facets));
            Collections.shuffle(facets, random);
            int inFirstBatch = random.nextInt(facets.size());
            set(run, facets.subList(0, inFirstBatch));
            set(run, facets.subList(inFirstBatch, facets.size()));
            assertThat(facets(run)).as("seed %d", seed).containsExactly(winner);
        }
    }

    private static Facet.Value value(Random random) {
        List<Facet.Value> values = List.of(
                new Facet.Value.Num(Double.NaN),
                new Facet.Value.Num(Double.POSITIVE_INFINITY),
                new Facet.Value.Num(-0.0),
                new Facet.Value.Num(0.0),
                new Facet.Value.Num(random.nextDouble()),
                new Facet.Value.Text(""),
                new Facet.Value.Text("\uffee"),
                new Facet.Value.Text("😀"));
        return values.get(random.nextInt(values.size()));
    }

    @Test
    void facetsAreBounded() {
        assertRefused(() -> facet("", "a"), ErrorKind.INVALID, "facet.key");
        assertRefused(() -> facet("k".repeat(251), "a"), ErrorKind.INVALID, "facet.key");
        assertRefused(() -> facet("k", "a".repeat(100_001)), ErrorKind.TOO_LARGE, "facet.value");
    }

    @Test
    void aRemovedFacetIsGoneAndTheOthersStay() {
        EntityRef run = graph().newRun();
        FacetUpdate kept = text(run, run.id(), FacetKind.TAG, "kept", "x");
        graph().facets(kept, number(run, run.id(), FacetKind.METRIC, "kept", 1, 5));
        graph().store
                .commit(Batch.in(graph().here)
                        .remove(new FacetRemoval(run, FacetKind.METRIC, "kept"))
                        .remove(new FacetRemoval(run, FacetKind.METRIC, "kept"))
                        .remove(new FacetRemoval(run, FacetKind.TAG, "never there"))
                        .remove(new FacetRemoval(graph().newRun(), FacetKind.TAG, "kept"))
                        .build());
        assertThat(facets(run)).containsExactly(kept.facet());
        graph().store
                .commit(Batch.in(graph().elsewhere)
                        .remove(new FacetRemoval(run, FacetKind.TAG, "kept"))
                        .build());
        assertThat(facets(run)).containsExactly(kept.facet());
        // What was removed may come back, even with a smaller step than it had.
        FacetUpdate earlier = number(run, run.id(), FacetKind.METRIC, "kept", 7, 1);
        graph().facets(earlier);
        assertThat(facets(run)).containsExactlyInAnyOrder(kept.facet(), earlier.facet());
    }

    @Test
    void oneBatchRemovesAndSetsInTheOrderGiven() {
        EntityRef run = graph().newRun();
        FacetUpdate later = number(run, run.id(), FacetKind.METRIC, "loss", 5, 9);
        FacetUpdate lower = number(run, run.id(), FacetKind.METRIC, "loss", 1, 0);
        FacetRemoval removal = new FacetRemoval(run, FacetKind.METRIC, "loss");
        graph().facets(later);
        graph().store.commit(Batch.in(graph().here).remove(removal).facet(lower).build());
        assertThat(facets(run)).containsExactly(lower.facet());
        Batch.Builder setAndRemoved = Batch.in(graph().here).facet(later);
        setAndRemoved.addAll(Batch.in(graph().here).remove(removal));
        graph().store.commit(setAndRemoved.build());
        assertThat(graph().store.facets(graph().here, List.of(run.id()))).isEmpty();
    }

    @Test
    void aRemovalIsPartOfItsBatch() {
        EntityRef run = graph().makeRun();
        FacetUpdate tag = text(run, run.id(), FacetKind.TAG, "a", "b");
        graph().facets(tag);
        Batch stale = Batch.in(graph().here)
                .remove(new FacetRemoval(run, FacetKind.TAG, "a"))
                .put(GraphFixture.put(run, 7, "{}"))
                .build();
        assertRefused(() -> graph().store.commit(stale), ErrorKind.CONFLICT, "store.revision");
        assertThat(facets(run)).containsExactly(tag.facet());
    }

    private static Facet facet(String key, String value) {
        return new Facet(FacetKind.TAG, key, new Facet.Value.Text(value), 0, 0);
    }

    private void set(EntityRef run, List<Facet> facets) {
        Batch.Builder batch = Batch.in(graph().here);
        facets.forEach(facet -> batch.facet(new FacetUpdate(run, run.id(), facet)));
        graph().store.commit(batch.build());
    }

    private List<Facet> facets(EntityRef run) {
        return graph().store.facets(graph().here, List.of(run.id())).get(run.id());
    }
}
