package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.conversion.Layout;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.VersionDetails;
import dev.slipway.runtime.entity.EntityKind;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written once can be read for ever: these files are never changed, only followed by those of newer schemas. */
class GoldenFileTest {
    /** As the services write: what is null or empty stands in a body too. */
    private static final Map<String, Object> ALL_FIELDS = Map.of("micronaut.serde.serialization.inclusion", "ALWAYS");

    static EntityKind<?, ?>[] kinds() {
        return new EntityKind<?, ?>[] {
            RegistryKinds.MODEL, RegistryKinds.VERSION, RegistryKinds.RELEASE, RegistryKinds.CHANNEL
        };
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <B> void isReadAndWrittenEqual(EntityKind<?, B> kind) throws IOException {
        String golden = golden(kind.type().wireName() + "-v" + kind.schema() + ".json");
        try (ObjectMapper.CloseableObjectMapper json = ObjectMapper.create(ALL_FIELDS, "dev.slipway.api")) {
            B body = json.readValue(golden, kind.body());
            assertThat(json.writeValueAsString(kind.body(), body)).isEqualTo(golden);
        }
    }

    @Test
    void filesOfBeforeThereWereLayoutsAreReadAsKept() throws IOException {
        assertThat(List.of(
                        first(RegistryKinds.VERSION, "model-version-v1.json").files(),
                        first(RegistryKinds.RELEASE, "release-v1.json").files()))
                .allSatisfy(files -> assertThat(files)
                        .hasSize(2)
                        .extracting(ModelFile::layout)
                        .containsOnly(Layout.KEEP));
    }

    @Test
    void bodiesOfBeforeThereWereDetailsTellNone() throws IOException {
        assertThat(first(RegistryKinds.MODEL, "model-v1.json"))
                .extracting(Model::description, Model::deleted)
                .containsOnlyNulls();
        ModelVersion version = first(RegistryKinds.VERSION, "model-version-v1.json");
        assertThat(version.details()).isEqualTo(VersionDetails.NONE);
        assertThat(version.requireOnnx()).isEqualTo(version.onnx());
    }

    /** What was written in the first form, as it is read today. */
    private static <B> B first(EntityKind<?, B> kind, String name) throws IOException {
        try (ObjectMapper.CloseableObjectMapper json = ObjectMapper.create(ALL_FIELDS, "dev.slipway.api")) {
            Map<String, Object> body = json.readValue(golden(name), Argument.mapOf(String.class, Object.class));
            return json.readValue(
                    json.writeValueAsString(kind.upcasters().get(1).apply(body)), kind.body());
        }
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = GoldenFileTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
