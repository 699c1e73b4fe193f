package dev.slipway.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.lineage.webhook.WebhookKinds;
import dev.slipway.runtime.entity.EntityKind;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written once can be read for ever: these files are never changed, only followed by those of newer schemas. */
class GoldenFileTest {
    /** As the services write: what is null or empty stands in a body too. */
    private static final Map<String, Object> ALL_FIELDS = Map.of("micronaut.serde.serialization.inclusion", "ALWAYS");

    static Stream<EntityKind<?, ?>> kinds() {
        return Stream.of(LineageKinds.KINDS, WebhookKinds.KINDS).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <B> void isReadAndWrittenEqual(EntityKind<?, B> kind) throws IOException {
        String golden = golden(kind.type().wireName() + "-v" + kind.schema() + ".json");
        try (ObjectMapper.CloseableObjectMapper json =
                ObjectMapper.create(ALL_FIELDS, "dev.slipway.api", "dev.slipway.lineage")) {
            B body = json.readValue(golden, kind.body());
            assertThat(json.writeValueAsString(kind.body(), body)).isEqualTo(golden);
        }
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = GoldenFileTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
