package dev.slipway.runtime.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetQuery.Comparison;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.Put;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Entities of an earlier version are found after an upgrade. */
@Timeout(120)
class FacetBackfillTest {
    private static final Workspace OTHER = new Workspace("other");

    @TempDir
    private Path data;

    @Test
    void whatAnEarlierVersionWroteIsFoundByFacetsAndIndexes() {
        Entity<ProjectId, TestLayout.Project> before;
        try (ApplicationContext earlier = earlier()) {
            before = make(earlier, Workspace.DEFAULT, "digits");
            make(earlier, OTHER, "letters");
        }
        try (ApplicationContext process = process(1)) {
            untilDone(process);

            assertThat(found(process, Workspace.DEFAULT, "name", "digits")).isEqualTo(1);
            assertThat(found(process, OTHER, "name", "letters")).isEqualTo(1);
            assertThat(found(process, Workspace.DEFAULT, "name", "letters")).isZero();
            Entity<ProjectId, TestLayout.Project> after = as(process, Workspace.DEFAULT, () -> process.getBean(
                            Entities.class)
                    .query(TestLayout.KIND, TestLayout.BY_NAME, List.of(IndexValue.of("digits")), false, 1, null)
                    .items()
                    .get(0));
            assertThat(after)
                    .isEqualTo(new Entity<>(
                            before.id(), before.revision() + 1, before.created(), before.updated(), before.body()));
        }
    }

    @Test
    void onceDoneItIsNotDoneAgainUntilTheFacetsChange() {
        try (ApplicationContext earlier = earlier()) {
            make(earlier, Workspace.DEFAULT, "digits");
        }
        List<GraphRow> done;
        try (ApplicationContext process = process(1)) {
            untilDone(process);
            done = rows(process);
        }
        try (ApplicationContext again = process(1)) {
            untilDone(again);
            assertThat(rows(again)).isEqualTo(done);
        }
        try (ApplicationContext newer = process(2)) {
            untilDone(newer);
            assertThat(found(newer, Workspace.DEFAULT, "name-2", "digits")).isEqualTo(1);
        }
        try (ApplicationContext older = process(1)) {
            untilDone(older);
        }
    }

    @Test
    void aProcessThatDiesHalfwayIsFollowedByOneThatGoesOn() throws InterruptedException {
        int count = 1200;
        try (ApplicationContext earlier = earlier()) {
            for (int i = 0; i < count; i++) {
                make(earlier, Workspace.DEFAULT, "digits");
            }
        }
        CountDownLatch halfway = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ApplicationContext dying = process(1, call -> {
            // Two calls for each batch of 100, five of these a page: it is in the second page.
            if (call == 13) {
                halfway.countDown();
                await(goOn);
                throw new IllegalStateException("this process is dead");
            }
        });
        try {
            halfway.await();
            long found = found(dying, Workspace.DEFAULT, "name", "digits");
            assertThat(found).isBetween(500L, 1000L);
            assertThat(dying.getBean(GraphStore.class).claim(Workspace.DEFAULT, "facet-walk/project-1"))
                    .isPresent();
        } finally {
            Thread closing = new Thread(dying::close);
            closing.start();
            goOn.countDown();
            closing.join();
        }
        try (ApplicationContext next = process(1)) {
            untilDone(next);
            assertThat(found(next, Workspace.DEFAULT, "name", "digits")).isEqualTo(count);
            assertThat(next.getBean(GraphStore.class).claim(Workspace.DEFAULT, "facet-walk/project-1"))
                    .isEmpty();
            assertThat(next.getBean(MeterRegistry.class)
                            .counter("slipway.facets.backfilled")
                            .count())
                    .isLessThanOrEqualTo(count - 500);
        }
    }

    @Test
    void severalProcessesAtOnceLeaveTheSame() {
        try (ApplicationContext earlier = earlier()) {
            for (int i = 0; i < 700; i++) {
                make(earlier, Workspace.DEFAULT, "digits");
            }
        }
        try (ApplicationContext one = process(1);
                ApplicationContext two = process(1);
                ApplicationContext three = process(1)) {
            List.of(one, two, three).forEach(FacetBackfillTest::untilDone);
            assertThat(found(one, Workspace.DEFAULT, "name", "digits")).isEqualTo(700);
        }
    }

    @Test
    void aChangeMeanwhileIsNotLost() {
        Entity<ProjectId, TestLayout.Project> made;
        try (ApplicationContext earlier = earlier()) {
            made = make(earlier, Workspace.DEFAULT, "digits");
        }
        CompletableFuture<ApplicationContext> started = new CompletableFuture<>();
        IntConsumer rival = call -> {
            if (call == 2) {
                // It has been read already, and is about to be written.
                Entities entities = started.join().getBean(Entities.class);
                Change change = entities.change();
                started.join()
                        .getBean(TestLayout.class)
                        .put(
                                change,
                                change.update(
                                        TestLayout.KIND,
                                        entities.get(TestLayout.KIND, made.id())
                                                .with(body -> new TestLayout.Project("letters"))));
                change.commit();
            }
        };
        try (ApplicationContext process = process(1, rival)) {
            started.complete(process);
            untilDone(process);

            assertThat(found(process, Workspace.DEFAULT, "name", "letters")).isEqualTo(1);
            assertThat(found(process, Workspace.DEFAULT, "name", "digits")).isZero();
        }
    }

    @Test
    void whatHasNoFacetsOrCanNotBeReadKeepsNobodyElseFromTheirs() {
        try (ApplicationContext earlier = earlier()) {
            make(earlier, Workspace.DEFAULT, "digits");
            make(earlier, Workspace.DEFAULT, "impossible");
            write(earlier, 1, "{\"name\":");
            write(earlier, 99, "{\"colour\":\"of tomorrow\"}");
            make(earlier, Workspace.DEFAULT, "letters");
        }
        try (ApplicationContext process = process(1)) {
            untilDone(process);
            assertThat(found(process, Workspace.DEFAULT, "name", "digits")).isEqualTo(1);
            assertThat(found(process, Workspace.DEFAULT, "name", "letters")).isEqualTo(1);
        }
    }

    @Test
    void anInstallationThatMovedToAnotherStoreBeginsAgain() {
        try (ApplicationContext earlier = earlier()) {
            make(earlier, Workspace.DEFAULT, "digits");
            earlier.getBean(GraphStore.class)
                    .restore(List.of(new GraphRow.ClaimRow(
                            Workspace.DEFAULT, "facet-walk/project-1", "a cursor of another store")));
        }
        try (ApplicationContext process = process(1)) {
            untilDone(process);
            assertThat(found(process, Workspace.DEFAULT, "name", "digits")).isEqualTo(1);
        }
    }

    private ApplicationContext earlier() {
        return ApplicationContext.run(Map.of("slipway.data", data.toString(), "slipway.test.handler", false));
    }

    private ApplicationContext process(int version) {
        return process(version, call -> {});
    }

    private ApplicationContext process(int version, IntConsumer hook) {
        return ApplicationContext.builder(
                        Map.of("slipway.data", data.toString(), "test.layout", version, "slipway.test.handler", false))
                .singletons(new TestLayout.Hook(hook))
                .start();
    }

    private static <T> T as(ApplicationContext process, Workspace workspace, Supplier<T> call) {
        return process.getBean(Callers.class).callAs(new Caller("test", Set.of(Role.ADMIN), workspace), call);
    }

    private static Entity<ProjectId, TestLayout.Project> make(
            ApplicationContext process, Workspace workspace, String name) {
        return as(process, workspace, () -> {
            Entities entities = process.getBean(Entities.class);
            Change change = entities.change();
            Entity<ProjectId, TestLayout.Project> made =
                    change.create(TestLayout.OLD, entities.newId(ProjectId::new), new TestLayout.Project(name));
            change.commit();
            return made;
        });
    }

    private static void write(ApplicationContext process, int schema, String body) {
        EntityId id = EntityId.of(process.getBean(Entities.class).newId(ProjectId::new));
        process.getBean(GraphStore.class)
                .commit(Batch.in(Workspace.DEFAULT)
                        .put(new Put(EntityType.PROJECT, id, 0, schema, 1, body, List.of()))
                        .build());
    }

    private static long found(ApplicationContext process, Workspace workspace, String key, String value) {
        long found = 0;
        Optional<String> cursor = Optional.empty();
        do {
            Page<?> page = process.getBean(GraphStore.class)
                    .search(new FacetQuery(
                            workspace,
                            EntityType.PROJECT,
                            List.of(TestLayout.SCOPE),
                            List.of(new Condition.Compare(
                                    FacetKind.ATTRIBUTE, key, Comparison.EQUAL, new Facet.Value.Text(value))),
                            List.of(),
                            1000,
                            cursor));
            found += page.items().size();
            cursor = page.next();
        } while (cursor.isPresent());
        return found;
    }

    private static List<GraphRow> rows(ApplicationContext process) {
        List<GraphRow> rows = new ArrayList<>();
        for (GraphRow.Kind kind : GraphRow.Kind.values()) {
            rows.addAll(process.getBean(GraphStore.class)
                    .rows(kind, 1000, Optional.empty())
                    .items());
        }
        return rows;
    }

    private static void untilDone(ApplicationContext process) {
        until(() -> process.getBean(MeterRegistry.class)
                        .get("slipway.facets.pending")
                        .gauge()
                        .value()
                == 0);
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
