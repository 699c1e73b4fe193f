package dev.slipway.gateway.schema;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.Id;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.TypeRuntimeWiring;
import io.micronaut.core.annotation.Nullable;
import java.util.function.Function;

/** Says, for one GraphQL type, where each of its fields comes from. {@code S} is what stands behind an object of the type. */
final class TypeWiring<S> {
    /** A field that is asked for something. */
    interface Fetch<S> {
        @Nullable
        Object from(S source, Request request);
    }

    /** A field that is a page of a list. */
    interface Pages<S> {
        Page<?> read(S source, Request request, int limit, @Nullable String cursor);
    }

    private final TypeRuntimeWiring.Builder type;

    TypeWiring(TypeRuntimeWiring.Builder type) {
        this.type = type;
    }

    /** What the object simply has. */
    TypeWiring<S> field(String name, Function<S, ?> value) {
        return fetch(name, (source, request) -> value.apply(source));
    }

    /** Another entity, by the id that the object has of it. */
    <I extends Id> TypeWiring<S> reference(String name, Kind<I, ?> kind, Function<S, I> id) {
        return fetch(name, (source, request) -> {
            I key = id.apply(source);
            return key == null ? null : request.load(Lookup.of(kind), key);
        });
    }

    /** What has to be asked for. */
    TypeWiring<S> fetch(String name, Fetch<S> fetch) {
        DataFetcher<Object> fetcher = environment -> fetch.from(source(environment), new Request(environment));
        type.dataFetcher(name, fetcher);
        return this;
    }

    /** A page of a list, asked for by {@code first} and {@code after}. */
    TypeWiring<S> page(String name, Pages<S> pages) {
        return fetch(name, (source, request) -> connection(source, request, pages));
    }

    private static <S> Object connection(S source, Request request, Pages<S> pages) {
        return request.page().from((limit, cursor) -> pages.read(source, request, limit, cursor)
                .map(Function.<Object>identity()));
    }

    // The schema and the wiring agree on what stands behind a type; nothing else in the suite could check it.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <S> S source(DataFetchingEnvironment environment) {
        return (S) environment.getSource();
    }
}
