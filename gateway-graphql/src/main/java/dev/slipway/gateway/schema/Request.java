package dev.slipway.gateway.schema;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.Id;
import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** What a field was asked with: its arguments, and the loaders of this request. */
record Request(DataFetchingEnvironment environment) {
    Arguments arguments() {
        return new Arguments(environment.getArguments());
    }

    PageRequest page() {
        return PageRequest.of(arguments());
    }

    <K, V> CompletionStage<V> load(Lookup<K, V> lookup, K key) {
        return Objects.requireNonNull(environment.<K, V>getDataLoader(lookup.name()), lookup.name())
                .load(key);
    }

    <I extends Id, B> CompletionStage<Entity<I, B>> load(Kind<I, B> kind, I id) {
        return load(Lookup.of(kind), id);
    }
}
