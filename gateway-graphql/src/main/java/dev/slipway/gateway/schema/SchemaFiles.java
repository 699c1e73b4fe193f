package dev.slipway.gateway.schema;

import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads the schema's files, one for each domain, and makes the schema of them and the resolvers. */
final class SchemaFiles {
    static final List<String> DOMAINS = List.of(
            "common",
            "jobs",
            "tokens",
            "labeling",
            "dataset",
            "training",
            "tracking",
            "pipelines",
            "registry",
            "registry-edits",
            "conversion",
            "monitoring",
            "lineage");

    private SchemaFiles() {}

    static GraphQLSchema schema(List<Resolvers> resolvers) {
        TypeDefinitionRegistry definitions = new TypeDefinitionRegistry();
        SchemaParser parser = new SchemaParser();
        DOMAINS.forEach(domain -> definitions.merge(read(parser, "/graphql/" + domain + ".graphqls")));
        Wiring wiring = new Wiring();
        resolvers.forEach(domain -> domain.wire(wiring));
        RuntimeWiring runtime = wiring.connections(definitions).build();
        checkComplete(definitions, runtime);
        return new SchemaGenerator().makeExecutableSchema(definitions, runtime);
    }

    private static TypeDefinitionRegistry read(SchemaParser parser, String resource) {
        try (InputStream file = Objects.requireNonNull(SchemaFiles.class.getResourceAsStream(resource), resource);
                Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            return parser.parse(text);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + resource, e);
        }
    }

    // Otherwise GraphQL would look for a property by reflection, and give null when there is none.
    private static void checkComplete(TypeDefinitionRegistry definitions, RuntimeWiring wiring) {
        List<String> missing = Stream.concat(
                        definitions.getTypes(ObjectTypeDefinition.class).stream(),
                        definitions.objectTypeExtensions().values().stream().flatMap(List::stream))
                .flatMap(type -> type.getFieldDefinitions().stream()
                        .map(FieldDefinition::getName)
                        .filter(field -> !wiring.getDataFetchers()
                                .getOrDefault(type.getName(), Map.of())
                                .containsKey(field))
                        .map(field -> type.getName() + "." + field))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("no resolver says where these fields come from: " + missing);
        }
    }
}
