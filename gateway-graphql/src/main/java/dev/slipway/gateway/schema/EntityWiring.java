package dev.slipway.gateway.schema;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.Id;
import java.util.function.Function;

/** Says where each field of an entity's type comes from. */
final class EntityWiring<I extends Id, B> {
    private final TypeWiring<Entity<I, B>> type;

    EntityWiring(TypeWiring<Entity<I, B>> type) {
        this.type = type;
    }

    static <I extends Id, B> EntityWiring<I, B> of(Kind<I, B> kind, TypeWiring<Entity<I, B>> type) {
        return new EntityWiring<>(type.field("id", entity -> kind.globalId(entity.id()))
                .field("revision", Entity::revision)
                .field("created", Entity::created)
                .field("updated", Entity::updated));
    }

    /** What the body has. */
    EntityWiring<I, B> field(String name, Function<B, ?> value) {
        type.field(name, entity -> value.apply(entity.body()));
        return this;
    }

    /** Another entity, by the id that the body has of it. */
    <J extends Id> EntityWiring<I, B> reference(String name, Kind<J, ?> kind, Function<B, J> id) {
        type.reference(name, kind, entity -> id.apply(entity.body()));
        return this;
    }

    /** What has to be asked for. */
    EntityWiring<I, B> fetch(String name, TypeWiring.Fetch<Entity<I, B>> fetch) {
        type.fetch(name, fetch);
        return this;
    }

    /** A page of a list, asked for by {@code first} and {@code after}. */
    EntityWiring<I, B> page(String name, TypeWiring.Pages<Entity<I, B>> pages) {
        type.page(name, pages);
        return this;
    }
}
