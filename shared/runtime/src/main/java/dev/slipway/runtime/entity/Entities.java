package dev.slipway.runtime.entity;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.runtime.LocalNews;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.EntityQuery;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Typed entities of the caller's workspace: reads them, and begins changes of them. */
@Singleton
public final class Entities {
    private final GraphStore graph;
    private final BodyCodec codec;
    private final Callers callers;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final LocalNews news;

    Entities(GraphStore graph, BodyCodec codec, Callers callers, IdGenerator ids, InstantSource clock, LocalNews news) {
        this.graph = graph;
        this.codec = codec;
        this.callers = callers;
        this.ids = ids;
        this.clock = clock;
        this.news = news;
    }

    /** A new id. */
    public <I extends Id> I newId(Function<String, I> type) {
        return ids.next(type);
    }

    /** Begins a change of several things, written together by {@link Change#commit}. */
    public Change change() {
        return new Change(graph, codec, ids, news, callers.current(), clock.millis());
    }

    public <I extends Id, B> Optional<Entity<I, B>> find(EntityKind<I, B> kind, I id) {
        return getAll(kind, List.of(id)).stream().findFirst();
    }

    /** The entity, or {@code NOT_FOUND} with code {@code <type>.unknown}. */
    public <I extends Id, B> Entity<I, B> get(EntityKind<I, B> kind, I id) {
        return find(kind, id)
                .orElseThrow(() -> SlipwayException.notFound(
                        kind.type().wireName() + ".unknown",
                        "There is no " + kind.type().wireName().replace('-', ' ') + " " + id + " in workspace "
                                + callers.workspace() + "."));
    }

    /** Those that exist of at most 1000, in the order asked for. */
    public <I extends Id, B> List<Entity<I, B>> getAll(EntityKind<I, B> kind, Collection<I> wanted) {
        if (wanted.size() > Page.MAX_LIMIT) {
            throw SlipwayException.tooLarge(
                    "page.limit",
                    "At most " + Page.MAX_LIMIT + " ids can be asked for at once, not " + wanted.size() + ".");
        }
        List<EntityId> entityIds = wanted.stream().map(EntityId::of).distinct().toList();
        var found = graph.get(callers.workspace(), entityIds);
        return entityIds.stream()
                .map(found::get)
                .filter(Objects::nonNull)
                .filter(envelope -> envelope.type() == kind.type())
                .map(envelope -> entity(kind, envelope))
                .toList();
    }

    /** A page of the entities that stand in an index under a prefix of its key. */
    public <I extends Id, B> Page<Entity<I, B>> query(
            EntityKind<I, B> kind,
            String index,
            List<IndexValue> prefix,
            boolean descending,
            int limit,
            @Nullable String cursor) {
        return graph.query(new EntityQuery(
                        callers.workspace(),
                        kind.type(),
                        index,
                        prefix,
                        descending,
                        limit,
                        Optional.ofNullable(cursor)))
                .map(envelope -> entity(kind, envelope));
    }

    /** How many entities stand in an index under a prefix of its key. */
    public long count(EntityKind<?, ?> kind, String index, List<IndexValue> prefix) {
        return graph.count(
                new EntityQuery(callers.workspace(), kind.type(), index, prefix, false, 1, Optional.empty()));
    }

    /** What a claim of the caller's workspace holds. */
    public Optional<String> claim(String name) {
        return graph.claim(callers.workspace(), name);
    }

    /** The entity whose id a claim holds, as names and idempotency keys do. */
    public <I extends Id, B> Optional<Entity<I, B>> claimed(EntityKind<I, B> kind, String claim) {
        return claim(claim).flatMap(value -> find(kind, kind.id().apply(value)));
    }

    private <I extends Id, B> Entity<I, B> entity(EntityKind<I, B> kind, Envelope envelope) {
        return new Entity<>(
                kind.id().apply(envelope.id().value()),
                envelope.revision(),
                envelope.created(),
                envelope.updated(),
                codec.read(kind, envelope));
    }
}
