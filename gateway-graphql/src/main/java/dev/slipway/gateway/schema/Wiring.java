package dev.slipway.gateway.schema;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.Id;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.TypeResolver;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.TypeRuntimeWiring;
import io.micronaut.core.annotation.Nullable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects where every field of the schema comes from. */
final class Wiring {
    private final Map<String, TypeRuntimeWiring.Builder> types = new LinkedHashMap<>();
    private final Map<Class<?>, String> typeNames = new HashMap<>();
    private final RuntimeWiring.Builder runtime = RuntimeWiring.newRuntimeWiring();

    /** The fields of {@code Query}, {@code Mutation} or {@code Subscription}, behind which nothing stands. */
    TypeWiring<Object> root(String typeName) {
        return new TypeWiring<>(builder(typeName));
    }

    /** The fields of the type behind which objects of this class stand. */
    <S> TypeWiring<S> type(String typeName, Class<S> source) {
        typeNames.put(source, typeName);
        return new TypeWiring<>(builder(typeName));
    }

    /** The fields of an entity's type; what every entity has is there already. */
    <I extends Id, B> EntityWiring<I, B> entity(Kind<I, B> kind) {
        typeNames.put(kind.body(), kind.typeName());
        return EntityWiring.of(kind, new TypeWiring<>(builder(kind.typeName())));
    }

    /** Further fields of an entity's type, which the schema adds in another file. */
    <I extends Id, B> EntityWiring<I, B> moreOf(Kind<I, B> kind) {
        return new EntityWiring<>(new TypeWiring<>(builder(kind.typeName())));
    }

    Wiring scalar(GraphQLScalarType scalar) {
        runtime.scalar(scalar);
        return this;
    }

    /** An interface whose objects are told apart by their classes. */
    Wiring tellApart(String interfaceName) {
        TypeResolver resolver =
                environment -> (GraphQLObjectType) environment.getSchema().getType(typeName(environment.getObject()));
        builder(interfaceName).typeResolver(resolver);
        return this;
    }

    /** Wires every connection and edge of the schema, which are all alike. */
    Wiring connections(TypeDefinitionRegistry definitions) {
        definitions.types().keySet().forEach(name -> {
            if (name.endsWith("Connection")) {
                new TypeWiring<Connection<?>>(builder(name))
                        .field("edges", Connection::edges)
                        .field("nodes", Connection::nodes)
                        .field("pageInfo", connection -> connection);
                String edge = name.substring(0, name.length() - "Connection".length()) + "Edge";
                new TypeWiring<Connection.Edge<?>>(builder(edge))
                        .field("cursor", Connection.Edge::cursor)
                        .field("node", Connection.Edge::node);
            }
        });
        new TypeWiring<Connection<?>>(builder("PageInfo"))
                .field("hasNextPage", Connection::hasNextPage)
                .field("hasPreviousPage", connection -> false)
                .field("startCursor", Connection::startCursor)
                .field("endCursor", Connection::endCursor);
        return this;
    }

    RuntimeWiring build() {
        types.values().forEach(runtime::type);
        return runtime.build();
    }

    @Nullable
    private String typeName(Object object) {
        Object told = object instanceof Entity<?, ?> entity ? entity.body() : object;
        return typeNames.get(told.getClass());
    }

    private TypeRuntimeWiring.Builder builder(String typeName) {
        return types.computeIfAbsent(typeName, TypeRuntimeWiring::newTypeWiring);
    }
}
