package dev.slipway.benchmarks;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetQuery.Comparison;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.NewEvent;
import dev.slipway.store.graph.Put;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Searches of 100,000 runs with 10 params, 10 metrics and 6 tags each in the embedded graph, one in a hundred deleted:
 * first pages of 100, then every page to the last, then first pages while another thread commits.
 */
final class FacetSearches implements Measurement {
    private static final int RUNS = 100_000;
    private static final int COMMITS = 2_000;
    private static final int PAGE = 100;
    private static final int SEARCHES = 60;

    private final IdGenerator ids = new IdGenerator();
    private final EntityId scope = ids.next(EntityId::new);
    private final Random random = new Random(1);

    @Override
    public void run(Path folder, PrintStream out) throws Exception {
        try (EmbeddedStores stores = EmbeddedStores.open(folder, InstantSource.fixed(Instant.EPOCH))) {
            GraphStore graph = stores.graph();
            populate(graph, out);
            commits(graph, out);
            queries().forEach((name, query) -> pages(graph, name, query, out));
            Writer writer = new Writer(graph);
            Thread thread = new Thread(writer, "writer");
            thread.start();
            long start = System.nanoTime();
            queries()
                    .forEach((name, query) -> out.printf(
                            "while commits run, %s: %s%n", name, times(() -> graph.search(query), SEARCHES)));
            writer.ended.set(true);
            thread.join();
            out.printf("commits meanwhile: %,.0f/s%n", writer.commits.get() / ((System.nanoTime() - start) / 1e9));
        }
    }

    private final class Writer implements Runnable {
        private final GraphStore graph;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicLong commits = new AtomicLong();

        Writer(GraphStore graph) {
            this.graph = graph;
        }

        @Override
        public void run() {
            while (!ended.get()) {
                Batch.Builder batch = Batch.in(Workspace.DEFAULT);
                addRun(batch);
                graph.commit(batch.build());
                commits.incrementAndGet();
            }
        }
    }

    private void populate(GraphStore graph, PrintStream out) {
        long start = System.nanoTime();
        for (int made = 0; made < RUNS; made += 1000) {
            Batch.Builder batch = Batch.in(Workspace.DEFAULT);
            for (int i = 0; i < 1000; i++) {
                addRun(batch);
            }
            graph.commit(batch.build());
        }
        out.printf("%,d runs of 28 facets by thousands: %,.0f/s%n", RUNS, RUNS / ((System.nanoTime() - start) / 1e9));
    }

    private void addRun(Batch.Builder batch) {
        EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
        number(batch, run, FacetKind.ATTRIBUTE, "started", random.nextInt());
        text(batch, run, FacetKind.ATTRIBUTE, "state", "FINISHED");
        if (random.nextInt(100) == 0) {
            text(batch, run, FacetKind.ATTRIBUTE, "deleted", "yes");
        }
        text(
                batch,
                run,
                FacetKind.PARAM,
                "optimizer",
                List.of("adam", "sgd", "lion", "lamb").get(random.nextInt(4)));
        text(batch, run, FacetKind.PARAM, "batch", String.valueOf(8 << random.nextInt(6)));
        for (int i = 2; i < 10; i++) {
            text(batch, run, FacetKind.PARAM, "param" + i, String.valueOf(random.nextInt(100)));
        }
        number(batch, run, FacetKind.METRIC, "accuracy", random.nextDouble());
        number(batch, run, FacetKind.METRIC, "loss", random.nextDouble());
        number(batch, run, FacetKind.METRIC, "epochs", random.nextInt(4));
        if (random.nextInt(10) > 0) {
            number(batch, run, FacetKind.METRIC, "patchy", random.nextInt(10) == 0 ? Double.NaN : random.nextDouble());
        }
        for (int i = 4; i < 10; i++) {
            number(batch, run, FacetKind.METRIC, "metric" + i, random.nextGaussian());
        }
        text(batch, run, FacetKind.TAG, "user", "user" + random.nextInt(10));
        text(batch, run, FacetKind.TAG, "note", "run number " + random.nextInt(1_000_000) + " of the sweep");
        for (int i = 2; i < 6; i++) {
            text(batch, run, FacetKind.TAG, "tag" + i, "value " + random.nextInt(1000));
        }
    }

    private void number(Batch.Builder batch, EntityRef run, FacetKind kind, String key, double value) {
        batch.facet(new FacetUpdate(run, scope, new Facet(kind, key, new Facet.Value.Num(value), 0, 0)));
    }

    private void text(Batch.Builder batch, EntityRef run, FacetKind kind, String key, String value) {
        batch.facet(new FacetUpdate(run, scope, new Facet(kind, key, new Facet.Value.Text(value), 0, 0)));
    }

    private void commits(GraphStore graph, PrintStream out) {
        Percentiles created = times(
                () -> {
                    EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
                    Batch.Builder batch = Batch.in(Workspace.DEFAULT)
                            .put(new Put(run.type(), run.id(), 0, 1, 1, "{\"name\":\"run\"}", List.of()))
                            .event(new NewEvent(ids.next(EventId::new), "run.created", run, "me", 1, "{}"));
                    for (int i = 0; i < 8; i++) {
                        text(batch, run, FacetKind.TAG, "tag" + i, "value " + random.nextInt(1000));
                    }
                    graph.commit(batch.build());
                },
                COMMITS);
        out.printf("a run with 8 facets: %s%n", created);
        EntityRef one = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
        long[] step = {0};
        Percentiles logged = times(
                () -> {
                    step[0]++;
                    Batch.Builder batch = Batch.in(Workspace.DEFAULT);
                    for (int i = 0; i < 1000; i++) {
                        Facet.Value value = new Facet.Value.Num(random.nextDouble());
                        batch.facet(new FacetUpdate(
                                one, scope, new Facet(FacetKind.METRIC, "many" + i, value, step[0], 1)));
                    }
                    graph.commit(batch.build());
                },
                100);
        out.printf("1,000 metrics of one run: %s%n", logged);
        Percentiles single = times(
                () -> {
                    step[0]++;
                    Facet.Value value = new Facet.Value.Num(random.nextDouble());
                    graph.commit(Batch.in(Workspace.DEFAULT)
                            .facet(new FacetUpdate(
                                    one, scope, new Facet(FacetKind.METRIC, "accuracy", value, step[0], 1)))
                            .build());
                },
                COMMITS);
        out.printf("1 metric of one run: %s%n", single);
    }

    private Map<String, FacetQuery> queries() {
        Condition accurate = metric("accuracy", Comparison.GREATER, 0.5);
        Condition low = metric("loss", Comparison.LESS, 0.1);
        Condition adam = param("optimizer", "adam");
        Order optimizer = new Order.ByFacet(FacetKind.PARAM, "optimizer", false);
        Map<String, FacetQuery> queries = new LinkedHashMap<>();
        queries.put("newest", query(List.of(), List.of()));
        queries.put("metric > x (half)", query(List.of(accurate), List.of()));
        queries.put("metric > x (1 in 1000)", query(List.of(metric("accuracy", Comparison.GREATER, 0.999)), List.of()));
        queries.put("param and metric < x", query(List.of(adam, low), List.of()));
        queries.put(
                "param, param and metric, 1 in 4000",
                query(List.of(adam, param("batch", "8"), metric("loss", Comparison.LESS, 0.006)), List.of()));
        queries.put(
                "two halves that exclude each other",
                query(
                        List.of(
                                new Condition.Like(FacetKind.PARAM, "optimizer", "%a%m%", false),
                                new Condition.In(FacetKind.PARAM, "optimizer", List.of("adam", "lamb"), true),
                                accurate),
                        List.of()));
        queries.put(
                "metric > x, metric < x, together 2 in 10,000",
                query(
                        List.of(
                                metric("accuracy", Comparison.GREATER, 0.9),
                                metric("loss", Comparison.LESS, 0.1),
                                metric("metric4", Comparison.GREATER, 1.9)),
                        List.of(new Order.ByFacet(FacetKind.METRIC, "metric5", false))));
        for (String key : List.of("accuracy", "epochs", "patchy")) {
            for (boolean descending : List.of(false, true)) {
                queries.put(
                        "by " + key + (descending ? " down" : ""),
                        query(List.of(), List.of(new Order.ByFacet(FacetKind.METRIC, key, descending))));
            }
        }
        queries.put(
                "by param and metric",
                query(List.of(), List.of(optimizer, new Order.ByFacet(FacetKind.METRIC, "accuracy", true))));
        queries.put(
                "by 2 params and metric",
                query(
                        List.of(),
                        List.of(
                                optimizer,
                                new Order.ByFacet(FacetKind.PARAM, "batch", true),
                                new Order.ByFacet(FacetKind.METRIC, "patchy", true))));
        queries.put(
                "metric > x, by param and metric",
                query(List.of(accurate), List.of(optimizer, new Order.ByFacet(FacetKind.METRIC, "loss", true))));
        queries.put(
                "metric > x by it",
                query(List.of(accurate), List.of(new Order.ByFacet(FacetKind.METRIC, "accuracy", false))));
        queries.put(
                "tag LIKE %42%", query(List.of(new Condition.Like(FacetKind.TAG, "note", "%42%", false)), List.of()));
        queries.put(
                "tag ILIKE, 1 in 100,000, by metric",
                query(
                        List.of(new Condition.Like(FacetKind.TAG, "note", "%NUMBER 12345_ %", true)),
                        List.of(new Order.ByFacet(FacetKind.METRIC, "accuracy", false))));
        queries.put(
                "tag LIKE none",
                query(List.of(new Condition.Like(FacetKind.TAG, "note", "%never%", false)), List.of()));
        return queries;
    }

    private static Condition metric(String key, Comparison comparison, double value) {
        return new Condition.Compare(FacetKind.METRIC, key, comparison, new Facet.Value.Num(value));
    }

    private static Condition param(String key, String value) {
        return new Condition.Compare(FacetKind.PARAM, key, Comparison.EQUAL, new Facet.Value.Text(value));
    }

    private FacetQuery query(List<Condition> conditions, List<Order> orders) {
        List<Condition> all = new ArrayList<>(conditions);
        all.add(new Condition.Exists(FacetKind.ATTRIBUTE, List.of("deleted"), true));
        return new FacetQuery(Workspace.DEFAULT, EntityType.RUN, List.of(scope), all, orders, PAGE, Optional.empty());
    }

    private static void pages(GraphStore graph, String name, FacetQuery query, PrintStream out) {
        Percentiles first = times(() -> graph.search(query), SEARCHES);
        List<Double> milliseconds = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        long found = 0;
        do {
            FacetQuery next = new FacetQuery(
                    query.workspace(), query.type(), query.scopes(), query.conditions(), query.orders(), PAGE, cursor);
            long start = System.nanoTime();
            Page<EntityId> page = graph.search(next);
            milliseconds.add((System.nanoTime() - start) / 1e6);
            found += page.items().size();
            cursor = page.next();
        } while (cursor.isPresent());
        double[] all = milliseconds.stream().mapToDouble(each -> each).toArray();
        out.printf(
                "%s: first page %s; all %,d pages of %,d runs: %s, slowest %.1f ms, last %.1f ms%n",
                name,
                first,
                all.length,
                found,
                Percentiles.of(all),
                milliseconds.stream().max(Double::compare).orElseThrow(),
                all[all.length - 1]);
    }

    private static Percentiles times(Runnable action, int count) {
        double[] milliseconds = new double[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            action.run();
            milliseconds[i] = (System.nanoTime() - start) / 1e6;
        }
        return Percentiles.of(milliseconds);
    }
}
