package dev.slipway.store.embedded;

import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.NewEvent;
import dev.slipway.store.graph.Put;
import dev.slipway.store.metric.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the writer writes under a number, so that the reader knows what to look for. */
final class CrashBatch {
    static final int ENTITIES = 4;
    static final int EVENTS = 2;
    static final Workspace WORKSPACE = new Workspace("crash");
    static final EntityId SCOPE = new EntityId("f".repeat(32));
    static final String INDEX = "byNumber";

    private CrashBatch() {}

    /** Entities, edges between them, a claim, facets and events. */
    static Batch graph(long number) {
        Batch.Builder batch = Batch.in(WORKSPACE).claim(new ClaimChange.Take(claim(number), "taken"));
        List<EntityRef> runs = runs(number);
        for (EntityRef run : runs) {
            batch.put(new Put(
                    run.type(),
                    run.id(),
                    0,
                    1,
                    number,
                    "{\"filler\":\"" + "x".repeat(3000) + "\"}",
                    List.of(IndexEntry.of(INDEX, IndexValue.of(number)))));
            batch.link(new Edge(runs.get(0), EdgeType.USED, run, number));
            batch.facet(new FacetUpdate(
                    run, SCOPE, new Facet(FacetKind.METRIC, "number", new Facet.Value.Num(number), 1, 1)));
        }
        for (int i = 0; i < EVENTS; i++) {
            batch.event(new NewEvent(
                    new EventId(id(number, i)), "run.made", runs.get(0), "test", number, Long.toString(number)));
        }
        return batch.build();
    }

    static List<EntityRef> runs(long number) {
        List<EntityRef> runs = new ArrayList<>();
        for (int i = 0; i < ENTITIES; i++) {
            runs.add(new EntityRef(EntityType.RUN, new EntityId(id(number, i))));
        }
        return runs;
    }

    private static String id(long number, int index) {
        return String.format("%024x%08x", number, index);
    }

    static String claim(long number) {
        return "batch/" + number;
    }

    static Series series(String key) {
        return new Series(WORKSPACE, SCOPE, key);
    }

    /** Up to 400 kB. */
    static byte[] bytes(long number) {
        Random random = new Random(number);
        byte[] bytes = new byte[random.nextInt(400_000)];
        random.nextBytes(bytes);
        return bytes;
    }
}
