package dev.slipway.store.arangodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.arangodb.fake.ArangoDouble;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Put;
import dev.slipway.store.graph.Traversal;
import dev.slipway.store.graph.TraversalQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The two ways of walking a graph give one answer, whatever its shape and wherever it is cut off. */
@DisplayName("Traversals, on an ArangoDB DOUBLE, not a server")
class TraversalShapesTest {
    private static final Workspace HERE = new Workspace("here");

    private final IdGenerator ids = new IdGenerator();

    @Test
    void oneTraversalGivesWhatAQueryPerLevelGives() {
        try (ArangoDouble server = ArangoDouble.start(MemoryAnswers.all());
                ArangoGraphStore store = ArangoGraphStore.open(DoubleServer.settings(server))) {
            for (int seed = 0; seed < 5; seed++) {
                Random random = new Random(seed);
                List<EntityRef> nodes = graph(store, random);
                for (int round = 0; round < 12; round++) {
                    assertSame(store, nodes, random, seed);
                }
            }
            DoubleServer.assertNothingLeftOpen(server);
        }
    }

    private List<EntityRef> graph(ArangoGraphStore store, Random random) {
        List<EntityRef> nodes = new ArrayList<>();
        Batch.Builder batch = Batch.in(HERE);
        for (int i = 0; i < 30; i++) {
            EntityRef node = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
            nodes.add(node);
            batch.put(new Put(node.type(), node.id(), 0, 1, 1, "{}", List.of()));
        }
        for (int i = random.nextInt(80); i > 0; i--) {
            batch.link(new Edge(
                    nodes.get(random.nextInt(nodes.size())),
                    EdgeType.USED,
                    nodes.get(random.nextInt(nodes.size())),
                    5));
        }
        store.commit(batch.build());
        return nodes;
    }

    /** All edges are of one type, so to name it makes no difference but that of the way. */
    private static void assertSame(ArangoGraphStore store, List<EntityRef> nodes, Random random, int seed) {
        List<EntityId> starts = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            starts.add(nodes.get(random.nextInt(nodes.size())).id());
        }
        Direction direction = random.nextBoolean() ? Direction.UPSTREAM : Direction.DOWNSTREAM;
        int depth = random.nextInt(6);
        int limit = 1 + random.nextInt(32);
        Traversal whole = store.traverse(new TraversalQuery(HERE, starts, direction, Set.of(), depth, limit));
        Traversal levels =
                store.traverse(new TraversalQuery(HERE, starts, direction, Set.of(EdgeType.USED), depth, limit));
        assertThat(whole.nodes())
                .as("seed %d, %s, depth %d, limit %d", seed, direction, depth, limit)
                .isEqualTo(levels.nodes());
        assertThat(new HashSet<>(whole.edges())).isEqualTo(new HashSet<>(levels.edges()));
        assertThat(whole.truncated()).isEqualTo(levels.truncated());
    }
}
