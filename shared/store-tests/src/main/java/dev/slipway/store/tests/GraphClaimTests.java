package dev.slipway.store.tests;

import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.GraphStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Names are taken, moved, given back and required. */
abstract class GraphClaimTests {
    private static final String NAME = "model-name/digits";

    abstract GraphFixture graph();

    @Test
    void aTakenNameHoldsItsValue() {
        graph().claim(new ClaimChange.Take(NAME, "one"));
        assertThat(held()).contains("one");
    }

    @Test
    void aNameIsTakenOnce() {
        graph().claim(new ClaimChange.Take(NAME, "one"));
        assertRefused(() -> graph().claim(new ClaimChange.Take(NAME, "two")), ErrorKind.CONFLICT, "store.claim-taken");
        assertRefused(() -> graph().claim(new ClaimChange.Take(NAME, "one")), ErrorKind.CONFLICT, "store.claim-taken");
        assertThat(held()).contains("one");
    }

    @Test
    void aClaimMovesOnlyFromTheValueItHolds() {
        assertRefused(
                () -> graph().claim(new ClaimChange.Move(NAME, "one", "two")), ErrorKind.CONFLICT, "store.claim-lost");
        graph().claim(new ClaimChange.Take(NAME, "one"));
        graph().claim(new ClaimChange.Move(NAME, "one", "two"));
        assertRefused(
                () -> graph().claim(new ClaimChange.Move(NAME, "one", "three")),
                ErrorKind.CONFLICT,
                "store.claim-lost");
        assertThat(held()).contains("two");
    }

    @Test
    void aReleasedNameIsFreeAgain() {
        graph().claim(new ClaimChange.Take(NAME, "one"));
        assertRefused(
                () -> graph().claim(new ClaimChange.Release(NAME, "two")), ErrorKind.CONFLICT, "store.claim-lost");
        graph().claim(new ClaimChange.Release(NAME, "one"));
        assertThat(held()).isEmpty();
        graph().claim(new ClaimChange.Take(NAME, "two"));
        assertThat(held()).contains("two");
    }

    @Test
    void aRequiredClaimHoldsItsValueAndIsNotChanged() {
        assertRefused(
                () -> graph().claim(new ClaimChange.Require(NAME, "one")), ErrorKind.CONFLICT, "store.claim-lost");
        graph().claim(new ClaimChange.Take(NAME, "one"));
        graph().claim(new ClaimChange.Require(NAME, "one"));
        assertRefused(
                () -> graph().claim(new ClaimChange.Require(NAME, "two")), ErrorKind.CONFLICT, "store.claim-lost");
        assertThat(held()).contains("one");
    }

    @Test
    void eachWorkspaceHasItsOwnNames() {
        graph().claim(new ClaimChange.Take(NAME, "one"));
        assertThat(graph().store.claim(graph().elsewhere, NAME)).isEmpty();
        graph().store
                .commit(Batch.in(graph().elsewhere)
                        .claim(new ClaimChange.Take(NAME, "two"))
                        .build());
        assertThat(held()).contains("one");
    }

    @Test
    void ofManyTakersOfOneNameExactlyOneWins() throws Exception {
        List<Callable<Boolean>> takers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            GraphStore store = i % 2 == 0 ? graph().store : graph().otherHandle;
            String value = "taker-" + i;
            takers.add(() -> succeeds(store, new ClaimChange.Take(NAME, value)));
        }
        List<Boolean> won = Together.run(takers);
        assertThat(won).containsOnlyOnce(true);
        assertThat(held()).contains("taker-" + won.indexOf(true));
    }

    @Test
    void aCounterMovedByManyLosesNoStep() throws Exception {
        graph().claim(new ClaimChange.Take(NAME, "0"));
        List<Callable<Integer>> counters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            GraphStore store = i % 2 == 0 ? graph().store : graph().otherHandle;
            counters.add(() -> {
                int counted = 0;
                while (counted < 25) {
                    int now = Integer.parseInt(store.claim(graph().here, NAME).orElseThrow());
                    counted += succeeds(store, new ClaimChange.Move(NAME, "" + now, "" + (now + 1))) ? 1 : 0;
                }
                return counted;
            });
        }
        Together.run(counters);
        assertThat(held()).contains("100");
    }

    private boolean succeeds(GraphStore store, ClaimChange change) {
        try {
            store.commit(Batch.in(graph().here).claim(change).build());
            return true;
        } catch (SlipwayException e) {
            assertThat(e.code()).isIn("store.claim-taken", "store.claim-lost");
            return false;
        }
    }

    private Optional<String> held() {
        return graph().store.claim(graph().here, NAME);
    }
}
