package dev.slipway.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.dataset.Dataset;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.runtime.entity.EntityKind;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Bodies that an earlier process wrote are read, and written again, as they were. */
class GoldenBodiesTest {
    private final ObjectMapper json = ObjectMapper.getDefault();

    @Test
    void aDatasetOfSchema1() throws IOException {
        Dataset dataset = roundTrip("dataset-v1", DatasetKinds.DATASET);

        assertThat(dataset).isEqualTo(new Dataset("digits", 3));
    }

    @Test
    void aDatasetVersionOfSchema1() throws IOException {
        DatasetVersion version = roundTrip("dataset-version-v1", DatasetKinds.VERSION);

        assertThat(version.number()).isEqualTo(2);
        assertThat(version.seed()).isEqualTo(Long.MIN_VALUE);
        assertThat(version.splits()).containsOnlyKeys(SplitName.values());
        assertThat(version.statistics().minimum()).isEqualTo(-0.1f);
        assertThat(version.splits().get(SplitName.TEST).classCounts()).containsExactly(10, 0);
    }

    private <B> B roundTrip(String name, EntityKind<?, B> kind) throws IOException {
        assertThat(kind.schema()).isEqualTo(1);
        try (InputStream golden = getClass().getResourceAsStream("/golden/" + name + ".json")) {
            String text = new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip();
            B body = json.readValue(text, kind.body());
            assertThat(json.writeValueAsString(kind.body(), body)).isEqualTo(text);
            return body;
        }
    }
}
