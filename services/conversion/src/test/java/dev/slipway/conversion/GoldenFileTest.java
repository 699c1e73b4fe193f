package dev.slipway.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.Layout;
import dev.slipway.runtime.entity.EntityKind;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written once can be read for ever: these files are never changed, only followed by those of newer schemas. */
class GoldenFileTest {
    /** As the services write: what is null or empty stands in a body too. */
    private static final Map<String, Object> ALL_FIELDS = Map.of("micronaut.serde.serialization.inclusion", "ALWAYS");

    static EntityKind<?, ?>[] kinds() {
        return new EntityKind<?, ?>[] {ConversionKinds.CONVERSION};
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <B> void isReadAndWrittenEqual(EntityKind<?, B> kind) throws IOException {
        String golden = golden(kind, kind.schema());
        try (ObjectMapper.CloseableObjectMapper json = ObjectMapper.create(ALL_FIELDS, "dev.slipway.api")) {
            B body = json.readValue(golden, kind.body());
            assertThat(json.writeValueAsString(kind.body(), body)).isEqualTo(golden);
        }
    }

    @Test
    void theFirstFormIsReadAsOneWithoutWhatCameLater() throws IOException {
        EntityKind<?, Conversion> kind = ConversionKinds.CONVERSION;
        try (ObjectMapper.CloseableObjectMapper json = ObjectMapper.create(ALL_FIELDS, "dev.slipway.api")) {
            Map<String, Object> first = json.readValue(golden(kind, 1), Argument.mapOf(String.class, Object.class));
            String upcast = json.writeValueAsString(kind.upcasters().get(1).apply(first));

            Conversion body = json.readValue(upcast, kind.body());

            assertThat(body.layout()).isEqualTo(Layout.KEEP);
            assertThat(body.calibration()).isNull();
            assertThat(body.sameAs()).isNull();
            assertThat(body.report().samples()).isEqualTo(360);
            assertThat(body.report().cosine()).isNull();
            assertThat(body.failure().code()).isEqualTo("conversion.parity");
        }
    }

    private static String golden(EntityKind<?, ?> kind, int schema) throws IOException {
        return golden(kind.type().wireName() + "-v" + schema + ".json");
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = GoldenFileTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
