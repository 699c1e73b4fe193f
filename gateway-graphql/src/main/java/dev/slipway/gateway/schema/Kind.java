package dev.slipway.gateway.schema;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.Id;
import java.util.function.Function;

/**
 * How a type of entity stands in the schema.
 *
 * @param typeName its GraphQL type
 * @param type its type in the suite, which leads its global ids
 * @param newId the constructor of its typed id
 * @param body what its entities hold
 */
record Kind<I extends Id, B>(String typeName, EntityType type, Function<String, I> newId, Class<B> body) {
    String globalId(I id) {
        return new GlobalId(type, id.value()).encoded();
    }

    /** The typed id of a global id, which must be of this kind. */
    I id(String globalId) {
        return newId.apply(GlobalId.decode(globalId).of(type));
    }
}
