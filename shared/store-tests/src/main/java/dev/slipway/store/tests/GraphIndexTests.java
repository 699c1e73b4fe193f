package dev.slipway.store.tests;

import static dev.slipway.store.tests.GraphFixture.all;
import static dev.slipway.store.tests.GraphFixture.put;
import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.EntityQuery;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Entities are listed through the indexes they stand in. */
abstract class GraphIndexTests {
    private static final String INDEX = "byKey";

    abstract GraphFixture graph();

    @Test
    void numbersSortBeforeTextsAndTextsByTheirBytes() {
        List<IndexValue> ordered = List.of(
                IndexValue.of(Double.NEGATIVE_INFINITY),
                IndexValue.of(-1.5),
                IndexValue.of(0L),
                IndexValue.of(7L),
                IndexValue.of(1.5),
                IndexValue.of(Double.POSITIVE_INFINITY),
                IndexValue.of(Double.NaN),
                IndexValue.of(""),
                IndexValue.of("10"),
                IndexValue.of("9"),
                IndexValue.of("Z"),
                IndexValue.of("a"),
                IndexValue.of("z"),
                IndexValue.of("ä"),
                IndexValue.of("\uffee"),
                IndexValue.of("😀"));
        List<EntityRef> runs = new ArrayList<>();
        List<Integer> shuffled = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            runs.add(graph().newRun());
            shuffled.add(i);
        }
        Collections.shuffle(shuffled, new Random(1));
        for (int i : shuffled) {
            graph().store
                    .commit(Batch.in(graph().here)
                            .put(put(runs.get(i), 0, "{}", IndexEntry.of(INDEX, ordered.get(i))))
                            .build());
        }
        List<EntityId> expected =
                new ArrayList<>(runs.stream().map(EntityRef::id).toList());
        assertThat(list(false, 5)).isEqualTo(expected);
        Collections.reverse(expected);
        assertThat(list(true, 3)).isEqualTo(expected);
    }

    @Test
    void pagingGivesEachEntityOnceInTheOrderOfKeysAndIds() {
        Random random = new Random(2);
        List<String> expected = new ArrayList<>();
        Batch.Builder batch = Batch.in(graph().here);
        for (int i = 0; i < 100; i++) {
            EntityRef run = graph().newRun();
            long major = random.nextInt(4);
            String minor = "m" + random.nextInt(3);
            expected.add(major + minor + run.id());
            batch.put(put(run, 0, "{}", IndexEntry.of(INDEX, IndexValue.of(major), IndexValue.of(minor))));
        }
        graph().store.commit(batch.build());
        Collections.sort(expected);
        List<EntityId> ids = new ArrayList<>(
                expected.stream().map(key -> new EntityId(key.substring(3))).toList());
        for (int limit : List.of(1, 7, 100, 101)) {
            assertThat(list(false, limit)).as("limit %d", limit).isEqualTo(ids);
        }
        Collections.reverse(ids);
        assertThat(list(true, 9)).isEqualTo(ids);
    }

    @Test
    void aPrefixConfinesTheListAndTheCount() {
        EntityRef one = run(IndexValue.of("p"), IndexValue.of(1L), IndexValue.of("x"));
        EntityRef two = run(IndexValue.of("p"), IndexValue.of(1L), IndexValue.of("y"));
        EntityRef three = run(IndexValue.of("p"), IndexValue.of(2L), IndexValue.of("x"));
        run(IndexValue.of("pp"), IndexValue.of(1L), IndexValue.of("x"));
        assertThat(list(false, 1, IndexValue.of("p"))).containsExactly(one.id(), two.id(), three.id());
        assertThat(list(true, 1, IndexValue.of("p"))).containsExactly(three.id(), two.id(), one.id());
        assertThat(list(false, 1, IndexValue.of("p"), IndexValue.of(1L))).containsExactly(one.id(), two.id());
        assertThat(list(false, 1, IndexValue.of("p"), IndexValue.of(1L), IndexValue.of("y")))
                .containsExactly(two.id());
        assertThat(list(false, 1, IndexValue.of("q"))).isEmpty();
        assertThat(count(IndexValue.of("p"))).isEqualTo(3);
        assertThat(count(IndexValue.of("p"), IndexValue.of(2L))).isEqualTo(1);
        assertThat(count()).isEqualTo(4);
    }

    @Test
    void aFullKeyOfFourValuesIsAPrefixToo() {
        IndexValue[] key = {IndexValue.of("a"), IndexValue.of(1L), IndexValue.of("b"), IndexValue.of(2L)};
        EntityRef run = run(key);
        run(IndexValue.of("a"), IndexValue.of(1L), IndexValue.of("b"), IndexValue.of(3L));
        assertThat(list(false, 10, key)).containsExactly(run.id());
        assertThat(list(true, 10, key)).containsExactly(run.id());
        assertThat(count(key)).isEqualTo(1);
    }

    @Test
    void aChangeMovesTheEntityToItsNewPlaces() {
        EntityRef run = run(IndexValue.of("queued"));
        graph().store
                .commit(Batch.in(graph().here)
                        .put(put(run, 1, "{}", IndexEntry.of(INDEX, IndexValue.of("running"))))
                        .build());
        assertThat(list(false, 10, IndexValue.of("queued"))).isEmpty();
        assertThat(list(false, 10, IndexValue.of("running"))).containsExactly(run.id());
        graph().store.commit(Batch.in(graph().here).put(put(run, 2, "{}")).build());
        assertThat(count()).isZero();
    }

    @Test
    void aListGivesTheWholeEntity() {
        EntityRef run = run(IndexValue.of("a"));
        Envelope listed = graph().store
                .query(graph().runs(INDEX, false, 10, Optional.empty()))
                .items()
                .get(0);
        assertThat(listed)
                .isEqualTo(graph().store.get(graph().here, List.of(run.id())).get(run.id()));
    }

    @Test
    void otherIndexesTypesAndWorkspacesAreOutOfSight() {
        run(IndexValue.of("a"));
        var store = graph().store;
        assertThat(store.query(graph().runs("other", false, 10, Optional.empty()))
                        .items())
                .isEmpty();
        EntityQuery otherType =
                new EntityQuery(graph().here, EntityType.MODEL, INDEX, List.of(), false, 10, Optional.empty());
        assertThat(store.query(otherType).items()).isEmpty();
        EntityQuery elsewhere =
                new EntityQuery(graph().elsewhere, EntityType.RUN, INDEX, List.of(), false, 10, Optional.empty());
        assertThat(store.query(elsewhere).items()).isEmpty();
        assertThat(store.count(elsewhere)).isZero();
    }

    @Test
    void aCursorOfAnotherQueryIsRefused() {
        run(IndexValue.of("a"));
        run(IndexValue.of("a"));
        var store = graph().store;
        Optional<String> cursor =
                store.query(graph().runs(INDEX, false, 1, Optional.empty())).next();
        assertThat(cursor).isPresent();
        assertThat(store.query(graph().runs(INDEX, false, 5, cursor)).items()).hasSize(1);
        List<EntityQuery> others = List.of(
                graph().runs(INDEX, true, 1, cursor),
                graph().runs("other", false, 1, cursor),
                graph().runs(INDEX, false, 1, cursor, IndexValue.of("a")),
                new EntityQuery(graph().elsewhere, EntityType.RUN, INDEX, List.of(), false, 1, cursor),
                graph().runs(INDEX, false, 1, Optional.of("")),
                graph().runs(INDEX, false, 1, Optional.of("no cursor!")),
                graph().runs(INDEX, false, 1, Optional.of(cursor.get().substring(1))),
                graph().runs(INDEX, false, 1, Optional.of(cursor.get() + "AAAA")),
                graph().runs(INDEX, false, 1, Optional.of("A".repeat(1_000_000))));
        for (EntityQuery other : others) {
            assertRefused(() -> store.query(other), ErrorKind.INVALID, "page.cursor");
        }
    }

    @Test
    void limitsAreBounded() {
        assertRefused(() -> graph().runs(INDEX, false, 0, Optional.empty()), ErrorKind.INVALID, "page.limit");
        assertRefused(() -> graph().runs(INDEX, false, 1001, Optional.empty()), ErrorKind.INVALID, "page.limit");
    }

    private EntityRef run(IndexValue... key) {
        return graph().makeRun(IndexEntry.of(INDEX, key));
    }

    private List<EntityId> list(boolean descending, int limit, IndexValue... prefix) {
        return all(cursor -> graph().store.query(graph().runs(INDEX, descending, limit, cursor, prefix))).stream()
                .map(Envelope::id)
                .toList();
    }

    private long count(IndexValue... prefix) {
        return graph().store.count(graph().runs(INDEX, false, 1, Optional.empty(), prefix));
    }
}
