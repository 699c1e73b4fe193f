package dev.slipway.runtime.entity;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Projects, whose name is searched. */
@Singleton
@Requires(property = "test.layout")
final class TestLayout implements FacetLayout<ProjectId, TestLayout.Project> {
    static final EntityId SCOPE = new EntityId("0".repeat(32));
    static final String BY_NAME = "name";

    /** What an earlier version wrote stood in no index. */
    static final EntityKind<ProjectId, Project> OLD = EntityKind.of(EntityType.PROJECT, ProjectId::new, Project.class);

    static final EntityKind<ProjectId, Project> KIND = OLD.index(
            entry -> List.of(IndexEntry.of(BY_NAME, IndexValue.of(entry.body().name()))));

    private final int version;
    private final AtomicInteger calls = new AtomicInteger();
    private final Hook hook;

    TestLayout(@Value("${test.layout}") int version, @Nullable Hook hook) {
        this.version = version;
        this.hook = hook == null ? new Hook(call -> {}) : hook;
    }

    /** What a test wants done before facets are put; it is told the number of the call. */
    record Hook(IntConsumer before) {}

    @Serdeable
    record Project(String name) {}

    @Override
    public EntityKind<ProjectId, Project> kind() {
        return KIND;
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public void put(Change change, List<Entity<ProjectId, Project>> entities) {
        hook.before().accept(calls.incrementAndGet());
        entities.forEach(entity -> put(change, entity));
    }

    void put(Change change, Entity<ProjectId, Project> entity) {
        String name = entity.body().name();
        if (name.equals("impossible")) {
            throw SlipwayException.invalid("test.impossible", "It has no facets.");
        }
        for (int facet = 1; facet <= version; facet++) {
            String key = facet == 1 ? "name" : "name-" + facet;
            change.facet(
                    EntityRef.of(EntityType.PROJECT, entity.id()),
                    new ProjectId(SCOPE.value()),
                    new Facet(
                            FacetKind.ATTRIBUTE, key, new Facet.Value.Text(name), entity.revision(), entity.updated()));
        }
    }
}
