package dev.slipway.store.tests;

import static dev.slipway.store.tests.GraphFixture.put;
import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Traversal;
import dev.slipway.store.graph.Traversal.Node;
import dev.slipway.store.graph.TraversalQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The graph is walked level by level, in either direction. */
abstract class GraphTraversalTests {
    abstract GraphFixture graph();

    @Test
    void aChainIsWalkedInBothDirections() {
        List<EntityRef> chain = chain(4);
        assertThat(graph().traverse(Direction.UPSTREAM, 100, 100, chain.get(0)).nodes())
                .containsExactly(
                        new Node(chain.get(0), 0),
                        new Node(chain.get(1), 1),
                        new Node(chain.get(2), 2),
                        new Node(chain.get(3), 3));
        assertThat(graph().traverse(Direction.DOWNSTREAM, 100, 100, chain.get(2))
                        .nodes())
                .containsExactly(new Node(chain.get(2), 0), new Node(chain.get(1), 1), new Node(chain.get(0), 2));
    }

    @Test
    void aDiamondGivesEachNodeOnceAndEveryEdge() {
        EntityRef top = graph().makeRun();
        EntityRef left = graph().makeRun();
        EntityRef right = graph().makeRun();
        EntityRef bottom = graph().makeRun();
        List<Edge> edges = List.of(used(top, left), used(top, right), used(left, bottom), used(right, bottom));
        edges.forEach(this::link);
        Traversal walked = graph().traverse(Direction.UPSTREAM, 5, 100, top);
        assertThat(walked.nodes())
                .containsExactly(new Node(top, 0), new Node(left, 1), new Node(right, 1), new Node(bottom, 2));
        assertThat(walked.edges()).containsExactlyInAnyOrderElementsOf(edges);
        assertThat(walked.truncated()).isFalse();
    }

    @Test
    void theDepthOfANodeIsItsShortestDistance() {
        List<EntityRef> chain = chain(4);
        link(used(chain.get(0), chain.get(3)));
        assertThat(graph().traverse(Direction.UPSTREAM, 5, 100, chain.get(0)).nodes())
                .contains(new Node(chain.get(3), 1), new Node(chain.get(2), 2));
    }

    @Test
    void aCycleEnds() {
        List<EntityRef> chain = chain(3);
        link(used(chain.get(2), chain.get(0)));
        Traversal walked = graph().traverse(Direction.UPSTREAM, 100, 100, chain.get(0));
        assertThat(walked.nodes()).hasSize(3);
        assertThat(walked.edges()).hasSize(3);
        assertThat(walked.truncated()).isFalse();
    }

    @Test
    void anEdgeToItselfEnds() {
        EntityRef run = graph().makeRun();
        link(used(run, run));
        Traversal walked = graph().traverse(Direction.DOWNSTREAM, 100, 100, run);
        assertThat(walked.nodes()).containsExactly(new Node(run, 0));
        assertThat(walked.edges()).containsExactly(used(run, run));
    }

    @Test
    void theDepthIsKept() {
        List<EntityRef> chain = chain(5);
        Traversal none = graph().traverse(Direction.UPSTREAM, 0, 100, chain.get(0));
        assertThat(none.nodes()).containsExactly(new Node(chain.get(0), 0));
        assertThat(none.edges()).isEmpty();
        Traversal two = graph().traverse(Direction.UPSTREAM, 2, 100, chain.get(0));
        assertThat(two.nodes()).hasSize(3);
        assertThat(two.edges()).hasSize(2);
        assertThat(two.truncated()).isFalse();
    }

    @Test
    void theNodeLimitIsKeptAndSaid() {
        EntityRef hub = graph().makeRun();
        List<EntityRef> leaves = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            EntityRef leaf = graph().makeRun();
            leaves.add(leaf);
            link(used(hub, leaf));
        }
        Traversal cut = graph().traverse(Direction.UPSTREAM, 5, 7, hub);
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.nodes().stream().map(Node::entity).toList())
                .containsExactlyElementsOf(concat(hub, leaves.subList(0, 6)));
        assertThat(cut.edges()).hasSize(6);
        Traversal whole = graph().traverse(Direction.UPSTREAM, 5, 11, hub);
        assertThat(whole.truncated()).isFalse();
        assertThat(whole.nodes()).hasSize(11);
    }

    @Test
    void nodesBeyondTheDepthDoNotCountAsLeftOut() {
        List<EntityRef> chain = chain(3);
        assertThat(graph().traverse(Direction.UPSTREAM, 1, 2, chain.get(0)).truncated())
                .isFalse();
        assertThat(graph().traverse(Direction.UPSTREAM, 2, 2, chain.get(0)).truncated())
                .isTrue();
    }

    @Test
    void onlyTheEdgeTypesNamedAreFollowed() {
        EntityRef run = graph().makeRun();
        EntityRef data = graph().newRef(EntityType.DATASET_VERSION);
        EntityRef parent = graph().makeRun();
        link(used(run, data));
        link(new Edge(run, EdgeType.DERIVED_FROM, parent, 5));
        Traversal walked = graph().store
                .traverse(new TraversalQuery(
                        graph().here, List.of(run.id()), Direction.UPSTREAM, Set.of(EdgeType.USED), 5, 100));
        assertThat(walked.nodes()).containsExactly(new Node(run, 0), new Node(data, 1));
        assertThat(walked.edges()).containsExactly(used(run, data));
    }

    @Test
    void linkingAgainChangesNothing() {
        EntityRef run = graph().makeRun();
        EntityRef data = graph().makeRun();
        link(used(run, data));
        link(new Edge(run, EdgeType.USED, data, 99));
        link(new Edge(run, EdgeType.DERIVED_FROM, data, 99));
        assertThat(graph().traverse(Direction.UPSTREAM, 1, 10, run).edges())
                .containsExactlyInAnyOrder(used(run, data), new Edge(run, EdgeType.DERIVED_FROM, data, 99));
    }

    @Test
    void severalStartsAreWalkedAtOnceAndUnknownOnesLeftOut() {
        List<EntityRef> chain = chain(3);
        EntityRef alone = graph().makeRun();
        Traversal walked = graph().traverse(
                        Direction.UPSTREAM, 5, 100, chain.get(0), chain.get(1), alone, alone, graph().newRun());
        assertThat(walked.nodes())
                .containsExactly(
                        new Node(chain.get(0), 0),
                        new Node(chain.get(1), 0),
                        new Node(alone, 0),
                        new Node(chain.get(2), 1));
    }

    @Test
    void theGraphOfAnotherWorkspaceIsOutOfSight() {
        List<EntityRef> chain = chain(3);
        EntityRef stranger = graph().newRun();
        graph().store
                .commit(Batch.in(graph().elsewhere)
                        .put(put(stranger, 0, "{}"))
                        .link(used(stranger, chain.get(0)))
                        .link(used(chain.get(0), stranger))
                        .build());
        assertThat(graph().traverse(Direction.DOWNSTREAM, 5, 100, chain.get(0)).nodes())
                .hasSize(1);
        assertThat(graph().traverse(Direction.UPSTREAM, 5, 100, chain.get(0)).nodes())
                .hasSize(3);
        assertThat(graph().store
                        .traverse(new TraversalQuery(
                                graph().elsewhere, List.of(chain.get(1).id()), Direction.UPSTREAM, Set.of(), 5, 100))
                        .nodes())
                .isEmpty();
    }

    @Test
    void depthLimitAndStartsAreBounded() {
        EntityRef run = graph().makeRun();
        assertRefused(() -> graph().traverse(Direction.UPSTREAM, 101, 1, run), ErrorKind.INVALID, "lineage.depth");
        assertRefused(() -> graph().traverse(Direction.UPSTREAM, -1, 1, run), ErrorKind.INVALID, "lineage.depth");
        assertRefused(() -> graph().traverse(Direction.UPSTREAM, 1, 0, run), ErrorKind.INVALID, "lineage.limit");
        assertRefused(() -> graph().traverse(Direction.UPSTREAM, 1, 10_001, run), ErrorKind.INVALID, "lineage.limit");
        EntityRef[] many = new EntityRef[101];
        Arrays.fill(many, run);
        assertRefused(() -> graph().traverse(Direction.UPSTREAM, 1, 1, many), ErrorKind.TOO_LARGE, "lineage.starts");
    }

    /** Each uses the next. */
    private List<EntityRef> chain(int length) {
        List<EntityRef> chain = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            chain.add(graph().makeRun());
        }
        for (int i = 1; i < length; i++) {
            link(used(chain.get(i - 1), chain.get(i)));
        }
        return chain;
    }

    private static Edge used(EntityRef from, EntityRef to) {
        return new Edge(from, EdgeType.USED, to, 5);
    }

    private void link(Edge edge) {
        graph().store.commit(Batch.in(graph().here).link(edge).build());
    }

    private static List<EntityRef> concat(EntityRef first, List<EntityRef> rest) {
        List<EntityRef> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }
}
