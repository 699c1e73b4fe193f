package dev.slipway.administration;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.NewEvent;
import dev.slipway.store.graph.Put;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An installation with some of everything, odd numbers and texts included, in two workspaces. */
final class Sample {
    static final int ENTITIES_PER_ARTIFACT = 25;

    private static final double[] ODD = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1
    };

    private final IdGenerator ids = new IdGenerator();
    private final Random random = new Random(11);
    private Digest last;

    /** Writes it. */
    static void fill(Installation installation, int entities) {
        Sample sample = new Sample();
        sample.graph(installation.graph(), installation.artifacts(), entities);
        sample.metrics(installation.metrics(), entities);
    }

    private void graph(GraphStore graph, ArtifactStore artifacts, int entities) {
        List<EntityRef> before = new ArrayList<>();
        EntityId scope = ids.next(EntityId::new);
        for (int from = 0; from < entities; from += 100) {
            Workspace workspace = from % 200 == 0 ? Workspace.DEFAULT : new Workspace("second");
            Batch.Builder batch = Batch.in(workspace);
            before.clear();
            for (int i = from; i < Math.min(from + 100, entities); i++) {
                EntityRef entity = new EntityRef(EntityType.MODEL_VERSION, ids.next(EntityId::new));
                Digest digest = i % ENTITIES_PER_ARTIFACT == 0 ? artifact(artifacts, i) : last;
                last = digest;
                batch.put(new Put(
                        entity.type(),
                        entity.id(),
                        0,
                        1,
                        i,
                        "{\"onnx\":\"" + digest + "\",\"text\":\"ä😀\\n\\u0000" + "x".repeat(i % 500) + "\"}",
                        List.of(
                                IndexEntry.of("b", IndexValue.of(ODD[i % ODD.length]), IndexValue.of("ü" + i)),
                                IndexEntry.of("a", IndexValue.of(i)))));
                batch.claim(new ClaimChange.Take("name/ü " + i, entity.id().value()));
                batch.facet(new FacetUpdate(
                        entity,
                        scope,
                        new Facet(FacetKind.METRIC, "loss", new Facet.Value.Num(ODD[i % ODD.length]), i, i)));
                batch.facet(new FacetUpdate(
                        entity, scope, new Facet(FacetKind.TAG, "k/ü", new Facet.Value.Text("v\n" + i), 0, i)));
                batch.event(
                        new NewEvent(ids.next(EventId::new), "version.made", entity, "test", i, "{\"i\":" + i + "}"));
                if (!before.isEmpty()) {
                    batch.link(new Edge(entity, EdgeType.DERIVED_FROM, before.get(before.size() - 1), i));
                }
                before.add(entity);
            }
            graph.commit(batch.build());
        }
        graph.moveCursor("audit", 0, entities / 2);
        graph.moveCursor("webhooks/ü", 0, entities);
    }

    /** A few only, because a store forces each to the disk. */
    private Digest artifact(ArtifactStore artifacts, int number) {
        byte[] bytes = ("artifact " + number).repeat(1 + random.nextInt(300)).getBytes(StandardCharsets.UTF_8);
        return artifacts.put(bytes).digest();
    }

    private void metrics(MetricStore metrics, int entities) {
        for (int i = 0; i < Math.max(3, entities / 100); i++) {
            Series series = new Series(
                    i % 2 == 0 ? Workspace.DEFAULT : new Workspace("second"), ids.next(EntityId::new), "loss/ü " + i);
            List<Point> points = new ArrayList<>();
            for (int step = 0; step < (i % 3 == 0 ? 12_000 : 7); step++) {
                points.add(
                        new Point(step - 3L, step, step % 50 == 0 ? ODD[step / 50 % ODD.length] : random.nextDouble()));
            }
            metrics.append(List.of(new Chunk(series, points)));
        }
    }
}
