package dev.slipway.gateway.schema;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.Id;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The kinds of entities that can be asked for by id, and so are {@code Node}s. */
record NodeTypes(Map<EntityType, Kind<?, ?>> kinds) {
    /** The entity; null when it is not there, or of a type that can't be asked for by id. */
    CompletionStage<?> load(GlobalId id, Request request) {
        Kind<?, ?> kind = kinds.get(id.type());
        return kind == null ? CompletableFuture.completedFuture(null) : load(kind, id, request);
    }

    private static <I extends Id> CompletionStage<?> load(Kind<I, ?> kind, GlobalId id, Request request) {
        return request.load(Lookup.of(kind), kind.newId().apply(id.id()));
    }
}
