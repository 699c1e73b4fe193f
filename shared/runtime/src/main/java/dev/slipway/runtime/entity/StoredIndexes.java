package dev.slipway.runtime.entity;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.Id;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.IndexEntry;
import io.micronaut.serde.ObjectMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells where stored entities belong in their indexes, without the services that own them. */
public final class StoredIndexes {
    private final BodyCodec codec;
    private final Map<EntityType, EntityKind<?, ?>> kinds;

    /** @param kinds one at most of each type */
    public StoredIndexes(ObjectMapper json, Collection<EntityKind<?, ?>> kinds) {
        this.codec = new BodyCodec(json);
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(EntityKind::type, Function.identity()));
    }

    /**
     * The entity's places, by its body; empty for a type that is not among the kinds, and for a body of a newer form.
     *
     * @throws dev.slipway.kernel.SlipwayException {@code INTERNAL} with code {@code entity.unreadable}
     */
    public Optional<List<IndexEntry>> of(Envelope entity) {
        EntityKind<?, ?> kind = kinds.get(entity.type());
        return kind == null || entity.schema() > kind.schema() ? Optional.empty() : Optional.of(places(kind, entity));
    }

    private <I extends Id, B> List<IndexEntry> places(EntityKind<I, B> kind, Envelope entity) {
        return kind.indexed(kind.id().apply(entity.id().value()), entity.created(), codec.read(kind, entity));
    }
}
