package dev.slipway.store.tests;

import static dev.slipway.store.tests.GraphFixture.put;
import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Entities are made, changed from the revision that was read, and read by id. */
abstract class GraphEntityTests {
    abstract GraphFixture graph();

    @Test
    void aNewEntityHasRevisionOneAndIsReadBackWhole() {
        EntityRef run = graph().newRun();
        var revisions = graph().store
                .commit(Batch.in(graph().here)
                        .put(new Put(run.type(), run.id(), 0, 3, 77, "{\"ü\":\"😀\"}", List.of()))
                        .build());
        assertThat(revisions).containsExactlyEntriesOf(Map.of(run.id(), 1L));
        assertThat(read(run))
                .isEqualTo(new Envelope(run.id(), graph().here, EntityType.RUN, 3, 1, 77, 77, "{\"ü\":\"😀\"}"));
    }

    @Test
    void aChangeRaisesTheRevisionAndKeepsTheTimeOfMaking() {
        EntityRef run = graph().makeRun();
        commit(new Put(run.type(), run.id(), 1, 2, 9_000, "{\"b\":2}", List.of()));
        assertThat(read(run))
                .isEqualTo(new Envelope(run.id(), graph().here, EntityType.RUN, 2, 2, 1_000, 9_000, "{\"b\":2}"));
    }

    @Test
    void aChangeFromAnOldRevisionIsRefused() {
        EntityRef run = graph().makeRun();
        commit(put(run, 1, "{\"first\":1}"));
        assertRefused(() -> commit(put(run, 1, "{\"second\":1}")), ErrorKind.CONFLICT, "store.revision");
        assertThat(read(run).body()).isEqualTo("{\"first\":1}");
    }

    @Test
    void makingWhatExistsAndChangingWhatDoesNotAreRefused() {
        EntityRef run = graph().makeRun();
        assertRefused(() -> commit(put(run, 0, "{}")), ErrorKind.CONFLICT, "store.revision");
        assertRefused(() -> commit(put(graph().newRun(), 1, "{}")), ErrorKind.CONFLICT, "store.revision");
    }

    @Test
    void unknownIdsAreAbsent() {
        EntityRef run = graph().makeRun();
        assertThat(graph().store
                        .get(graph().here, List.of(run.id(), graph().newRun().id())))
                .containsOnlyKeys(run.id());
        assertThat(graph().store.get(graph().here, List.of())).isEmpty();
    }

    @Test
    void anEntityIsAbsentInAnotherWorkspaceAndCanNotBeChangedFromThere() {
        EntityRef run = graph().makeRun();
        assertThat(graph().store.get(graph().elsewhere, List.of(run.id()))).isEmpty();
        assertRefused(
                () -> graph().store
                        .commit(Batch.in(graph().elsewhere)
                                .put(put(run, 1, "{}"))
                                .build()),
                ErrorKind.CONFLICT,
                "store.revision");
        assertThat(read(run).revision()).isEqualTo(1);
    }

    @Test
    void aThousandIdsAreReadAtOnceAndNoMore() {
        List<EntityId> ids = new ArrayList<>();
        Batch.Builder batch = Batch.in(graph().here);
        for (int i = 0; i < GraphStore.MAX_IDS; i++) {
            EntityRef run = graph().newRun();
            ids.add(run.id());
            batch.put(put(run, 0, "{}"));
        }
        graph().store.commit(batch.build());
        assertThat(graph().store.get(graph().here, ids)).containsOnlyKeys(ids);
        ids.add(graph().newRun().id());
        assertRefused(() -> graph().store.get(graph().here, ids), ErrorKind.TOO_LARGE, "store.too-many-ids");
        assertRefused(() -> graph().store.facets(graph().here, ids), ErrorKind.TOO_LARGE, "store.too-many-ids");
    }

    @Test
    void aLargeBodySurvives() {
        EntityRef run = graph().newRun();
        String body = "{\"a\":\"" + "é".repeat(300_000) + "\"}";
        commit(put(run, 0, body));
        assertThat(read(run).body()).isEqualTo(body);
    }

    @Test
    void ofManyWritersFromOneRevisionExactlyOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            EntityRef run = graph().makeRun();
            List<Callable<Boolean>> writers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                GraphStore store = i % 2 == 0 ? graph().store : graph().otherHandle;
                String body = "{\"writer\":" + i + "}";
                writers.add(() -> wins(store, run, body));
            }
            List<Boolean> won = Together.run(writers);
            assertThat(won).containsOnlyOnce(true);
            assertThat(read(run).body()).isEqualTo("{\"writer\":" + won.indexOf(true) + "}");
            assertThat(read(run).revision()).isEqualTo(2);
        }
    }

    private boolean wins(GraphStore store, EntityRef run, String body) {
        try {
            store.commit(Batch.in(graph().here).put(put(run, 1, body)).build());
            return true;
        } catch (SlipwayException e) {
            assertThat(e.code()).isEqualTo("store.revision");
            return false;
        }
    }

    private Envelope read(EntityRef entity) {
        return graph().store.get(graph().here, List.of(entity.id())).get(entity.id());
    }

    private void commit(Put put) {
        graph().store.commit(Batch.in(graph().here).put(put).build());
    }
}
