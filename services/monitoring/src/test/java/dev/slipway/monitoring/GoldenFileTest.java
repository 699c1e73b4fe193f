package dev.slipway.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runtime.entity.EntityKind;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written once can be read for ever: these files are never changed, only followed by those of newer schemas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenFileTest {
    private TestingInstallation installation;

    @BeforeAll
    void open(@TempDir Path folder) {
        installation = new TestingInstallation(folder);
    }

    @AfterAll
    void close() {
        installation.close();
    }

    static EntityKind<?, ?>[] kinds() {
        return new EntityKind<?, ?>[] {
            MonitoringKinds.MONITOR,
            MonitoringKinds.BATCH,
            MonitoringKinds.REPORT,
            MonitoringKinds.ALERT,
            MonitoringKinds.TRIGGER
        };
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <B> void isReadAndWrittenEqual(EntityKind<?, B> kind) throws IOException {
        String golden = golden(kind.type().wireName() + "-v" + kind.schema() + ".json");
        ObjectMapper json = installation.bean(ObjectMapper.class);
        B body = json.readValue(golden, kind.body());
        assertThat(json.writeValueAsString(kind.body(), body)).isEqualTo(golden);
    }

    @Test
    void triggersOfBeforeTheyCouldBeDeletedAreThere() throws IOException {
        ObjectMapper json = installation.bean(ObjectMapper.class);
        assertThat(json.readValue(golden("trigger-v1.json"), MonitoringKinds.TRIGGER.body())
                        .deleted())
                .isNull();
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = GoldenFileTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
