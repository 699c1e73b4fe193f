package dev.slipway.training.trace;

import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.training.Parts;
import dev.slipway.training.Turns;
import dev.slipway.training.commit.RunChanges;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Changes traces, so that of several changes at a time none is lost: those of this process wait for each other, those of
 * others are repeated.
 */
@Singleton
final class TraceWriter {
    private final Entities entities;
    private final Turns turns = new Turns();

    TraceWriter(Entities entities) {
        this.entities = entities;
    }

    /**
     * Changes traces together.
     *
     * @param ids distinct, at most 1000
     * @param edit what becomes of a trace, null for one that is not there or is deleted; it may be called again. To give back
     *     null, or the same, is to change nothing.
     * @return those that are there now, in the order of the ids
     */
    List<Entity<TraceId, Trace>> write(List<TraceId> ids, BiFunction<TraceId, Trace, Trace> edit) {
        return turns.take(ids, () -> Retries.onConflict(() -> writeOnce(ids, edit)));
    }

    private List<Entity<TraceId, Trace>> writeOnce(List<TraceId> ids, BiFunction<TraceId, Trace, Trace> edit) {
        Map<TraceId, Entity<TraceId, Trace>> known = new HashMap<>();
        read(ids).forEach(trace -> known.put(trace.id(), trace));
        Change change = entities.change();
        List<Entity<TraceId, Trace>> written = new ArrayList<>();
        boolean changed = false;
        for (TraceId id : ids) {
            Entity<TraceId, Trace> before = known.get(id);
            Trace body = before == null || before.body().deleted() != null ? null : before.body();
            Trace after = edit.apply(id, body);
            if (after == null || after.equals(body)) {
                if (body != null) {
                    written.add(before);
                }
            } else {
                written.add(put(change, id, before, after));
                changed = true;
            }
        }
        if (changed) {
            change.commit();
        }
        return written;
    }

    private static Entity<TraceId, Trace> put(
            Change change, TraceId id, @Nullable Entity<TraceId, Trace> before, Trace after) {
        Trace nothing = Trace.of(after.experiment(), after.info()).erased(0);
        Trace old = before == null ? nothing : before.body();
        Entity<TraceId, Trace> written = before == null
                ? change.create(TraceKinds.TRACE, id, after)
                : change.update(TraceKinds.TRACE, before.with(body -> after));
        TraceFacets.move(change, id, old, after, written.revision());
        EntityRef trace = TraceFacets.ref(id);
        after.runs().stream()
                .filter(run -> !old.runs().contains(run))
                .forEach(run -> change.link(trace, EdgeType.GENERATED_BY, RunChanges.ref(run)));
        if (after.model() != null && !after.model().equals(old.model())) {
            change.link(trace, EdgeType.USED, EntityRef.of(EntityType.LOGGED_MODEL, after.model()));
        }
        change.event(
                event(old, after),
                trace,
                Map.of("experiment", after.experiment().value()));
        return written;
    }

    private static String event(Trace before, Trace after) {
        if (after.deleted() != null) {
            return "trace.deleted";
        }
        return before.deleted() != null ? "trace.created" : "trace.updated";
    }

    /** Those that exist of however many, be they deleted. */
    List<Entity<TraceId, Trace>> read(Collection<TraceId> ids) {
        return Parts.each(List.copyOf(ids), part -> entities.getAll(TraceKinds.TRACE, part));
    }
}
