package dev.slipway.runtime.entity;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.runtime.LocalNews;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetRemoval;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.NewEvent;
import dev.slipway.store.graph.Put;
import io.micronaut.core.type.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Several changes in the caller's name that are written together or not at all. Not safe for use by several threads.
 */
public final class Change {
    private static final Argument<Map<String, String>> EVENT_BODY = Argument.mapOf(String.class, String.class);

    private final GraphStore graph;
    private final BodyCodec codec;
    private final IdGenerator ids;
    private final Caller caller;
    private final long now;
    private final Batch.Builder batch;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final LocalNews news;
    private boolean hasEvents;

    Change(GraphStore graph, BodyCodec codec, IdGenerator ids, LocalNews news, Caller caller, long now) {
        this.graph = graph;
        this.codec = codec;
        this.ids = ids;
        this.news = news;
        this.caller = caller;
        this.now = now;
        this.batch = Batch.in(caller.workspace());
    }

    /** In whose name. */
    public Caller caller() {
        return caller;
    }

    /** The time of the change, UTC milliseconds. */
    public long now() {
        return now;
    }

    /** Makes an entity, and returns it as it will be once the change is committed. */
    public <I extends Id, B> Entity<I, B> create(EntityKind<I, B> kind, I id, B body) {
        return put(kind, new Entity<>(id, 0, now, now, body), now);
    }

    /**
     * Writes a changed entity, unless its revision is no longer the one that was read; returns it as it will be once the
     * change is committed.
     */
    public <I extends Id, B> Entity<I, B> update(EntityKind<I, B> kind, Entity<I, B> entity) {
        return put(kind, entity, now);
    }

    /** Writes an entity as it was read, for what belongs to it; the time of its last change stays. */
    <I extends Id, B> Entity<I, B> renew(EntityKind<I, B> kind, Entity<I, B> entity) {
        return put(kind, entity, entity.updated());
    }

    private <I extends Id, B> Entity<I, B> put(EntityKind<I, B> kind, Entity<I, B> entity, long time) {
        batch.put(new Put(
                kind.type(),
                EntityId.of(entity.id()),
                entity.revision(),
                kind.schema(),
                time,
                codec.write(kind.body(), entity.body()),
                kind.indexed(entity.id(), entity.created(), entity.body())));
        return new Entity<>(entity.id(), entity.revision() + 1, entity.created(), time, entity.body());
    }

    /** Relates what was made to what it was made of. */
    public Change link(EntityRef from, EdgeType type, EntityRef to) {
        batch.link(new Edge(from, type, to, now));
        return this;
    }

    /** Takes a name for an id; the commit fails with {@code store.claim-taken} when it is taken. */
    public Change take(String name, Id owner) {
        return claim(new ClaimChange.Take(name, owner.value()));
    }

    public Change claim(ClaimChange claim) {
        batch.claim(claim);
        return this;
    }

    public Change facet(EntityRef entity, Id scope, Facet facet) {
        batch.facet(new FacetUpdate(entity, EntityId.of(scope), facet));
        return this;
    }

    public Change facet(FacetUpdate facet) {
        batch.facet(facet);
        return this;
    }

    /** The facets set so far. */
    List<FacetUpdate> facets() {
        return batch.build().facets();
    }

    /** Takes a facet away, whatever its value; before the change sets any. */
    public Change remove(EntityRef entity, FacetKind kind, String key) {
        batch.remove(new FacetRemoval(entity, kind, key));
        return this;
    }

    /** Tells of the change; {@code type} is {@code entity.verb}. */
    public Change event(String type, EntityRef subject, Map<String, String> body) {
        hasEvents = true;
        batch.event(new NewEvent(
                ids.next(EventId::new), type, subject, caller.subject(), now, codec.write(EVENT_BODY, body)));
        return this;
    }

    /** Runs {@code action} once the change is committed, as a hint for this process only: it is lost if the process dies. */
    public Change afterCommit(Runnable action) {
        afterCommit.add(action);
        return this;
    }

    /** Takes over everything of another change of this workspace, which is then written with this one and not by itself. */
    public Change join(Change other) {
        batch.addAll(other.batch);
        hasEvents |= other.hasEvents;
        afterCommit.addAll(other.afterCommit);
        return this;
    }

    /**
     * Writes everything.
     *
     * @throws SlipwayException {@code CONFLICT} as {@link GraphStore#commit} says; nothing is written then
     */
    public void commit() {
        graph.commit(batch.build());
        if (hasEvents) {
            news.events().raise();
        }
        afterCommit.forEach(Runnable::run);
    }
}
