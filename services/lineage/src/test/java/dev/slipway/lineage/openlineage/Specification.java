package dev.slipway.lineage.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The JSON schemas of OpenLineage's specification and of its facets, from the folder {@code spec} of its repository, since no
 * package has them; it is named by an environment variable.
 */
final class Specification {
    private static final String FOLDER = "SLIPWAY_TEST_OPENLINEAGE_SPEC";
    private static final String EVENT = "https://openlineage.io/spec/2-0-2/OpenLineage.json";
    private static final Argument<Map<String, Object>> JSON = Argument.mapOf(String.class, Object.class);

    private final JsonSchemaFactory schemas;

    private Specification(Path folder) throws IOException {
        Map<String, String> byAddress = new HashMap<>();
        for (Path file : files(folder)) {
            String schema = Files.readString(file);
            byAddress.put(json(schema).get("$id").toString(), schema);
        }
        this.schemas = JsonSchemaFactory.getInstance(
                VersionFlag.V202012, builder -> builder.schemaLoaders(loaders -> loaders.schemas(byAddress)));
    }

    /** Empty where nobody has named the folder. */
    static Optional<Specification> found() throws IOException {
        String folder = System.getenv(FOLDER);
        return folder == null ? Optional.empty() : Optional.of(new Specification(Path.of(folder)));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> facets = Files.list(folder.resolve("facets"))) {
            return Stream.concat(Stream.of(folder.resolve("OpenLineage.json")), facets)
                    .filter(file -> file.toString().endsWith(".json"))
                    .toList();
        }
    }

    /** That an event, and each of its facets, is as its schema says. */
    void check(String event) throws IOException {
        check(EVENT, event);
        List<Map<?, ?>> facets = new ArrayList<>();
        collect(json(event), facets);
        for (Map<?, ?> facet : facets) {
            check(facet.get("_schemaURL").toString(), ObjectMapper.getDefault().writeValueAsString(facet));
        }
    }

    private void check(String schema, String json) {
        assertThat(schemas.getSchema(
                                SchemaLocation.of(schema),
                                SchemaValidatorsConfig.builder()
                                        .formatAssertionsEnabled(true)
                                        .build())
                        .validate(json, InputFormat.JSON))
                .as(schema + " of " + json)
                .isEmpty();
    }

    /** Whatever says which schema it is of. */
    private static void collect(Object json, List<Map<?, ?>> facets) {
        if (json instanceof Map<?, ?> object) {
            if (object.containsKey("_schemaURL")) {
                facets.add(object);
            }
            object.values().forEach(value -> collect(value, facets));
        } else if (json instanceof List<?> list) {
            list.forEach(value -> collect(value, facets));
        }
    }

    private static Map<String, Object> json(String text) throws IOException {
        return ObjectMapper.getDefault().readValue(text, JSON);
    }
}
