package dev.slipway.store.tests;

import static dev.slipway.store.tests.GraphFixture.number;
import static dev.slipway.store.tests.GraphFixture.put;
import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.Put;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A batch is written whole or not at all. */
abstract class GraphBatchTests {
    abstract GraphFixture graph();

    @Test
    void everyPartOfABatchIsWritten() {
        EntityRef run = graph().newRun();
        EntityRef data = graph().makeRun();
        long before = graph().store.lastEventPosition();
        graph().store.commit(everything(run, data).build());
        assertPresent(run, data, before, true);
    }

    @Test
    void aFailedRevisionLeavesNothingOfTheBatch() {
        assertNothingLeft(put(graph().newRun(), 4, "{}"), null, "store.revision");
    }

    @Test
    void aTakenNameLeavesNothingOfTheBatch() {
        graph().claim(new ClaimChange.Take("name/taken", "somebody"));
        assertNothingLeft(null, new ClaimChange.Take("name/taken", "me"), "store.claim-taken");
    }

    @Test
    void aLostClaimLeavesNothingOfTheBatch() {
        assertNothingLeft(null, new ClaimChange.Require("job/fence", "attempt-1"), "store.claim-lost");
    }

    @Test
    void anEmptyBatchIsRight() {
        assertThat(graph().store.commit(Batch.in(graph().here).build())).isEmpty();
    }

    @Test
    void anEntityOrAClaimTwiceInOneBatchIsRefused() {
        EntityRef run = graph().newRun();
        Batch.Builder twicePut = Batch.in(graph().here).put(put(run, 0, "{}")).put(put(run, 1, "{}"));
        assertThatThrownBy(twicePut::build).isInstanceOf(IllegalArgumentException.class);
        Batch.Builder twiceClaimed =
                Batch.in(graph().here).claim(new ClaimChange.Take("a/b", "1")).claim(new ClaimChange.Take("a/b", "1"));
        assertThatThrownBy(twiceClaimed::build).isInstanceOf(IllegalArgumentException.class);
    }

    private void assertNothingLeft(Put badPut, ClaimChange badClaim, String code) {
        EntityRef run = graph().newRun();
        EntityRef data = graph().makeRun();
        long before = graph().store.lastEventPosition();
        Batch.Builder batch = everything(run, data);
        if (badPut != null) {
            batch.put(badPut);
        }
        if (badClaim != null) {
            batch.claim(badClaim);
        }
        assertRefused(() -> graph().store.commit(batch.build()), ErrorKind.CONFLICT, code);
        assertPresent(run, data, before, false);
    }

    private Batch.Builder everything(EntityRef run, EntityRef data) {
        return Batch.in(graph().here)
                .put(put(run, 0, "{}", IndexEntry.of("byName", IndexValue.of(run.id()))))
                .link(new Edge(run, EdgeType.USED, data, 1))
                .claim(new ClaimChange.Take("run-name/" + run.id(), run.id().value()))
                .facet(number(run, data.id(), FacetKind.METRIC, "loss", 0.5, 1))
                .event(graph().newEvent("run.made"));
    }

    private void assertPresent(EntityRef run, EntityRef data, long before, boolean present) {
        var store = graph().store;
        assertThat(store.get(graph().here, List.of(run.id())).containsKey(run.id()))
                .isEqualTo(present);
        assertThat(store.count(graph().runs("byName", false, 10, Optional.empty(), IndexValue.of(run.id()))))
                .isEqualTo(present ? 1 : 0);
        assertThat(graph().traverse(Direction.DOWNSTREAM, 1, 10, data).nodes()).hasSize(present ? 2 : 1);
        assertThat(store.claim(graph().here, "run-name/" + run.id()).isPresent())
                .isEqualTo(present);
        assertThat(store.facets(graph().here, List.of(run.id())).containsKey(run.id()))
                .isEqualTo(present);
        assertThat(graph().eventsAfter(before)).hasSize(present ? 1 : 0);
    }
}
