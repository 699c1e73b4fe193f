package dev.slipway.runtime.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.Sample;
import dev.slipway.api.SampleFile;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.embedded.EmbeddedStores;
import io.micronaut.serde.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleFilesTest {
    @TempDir
    Path folder;

    private EmbeddedStores stores;
    private SampleFiles files;

    @BeforeEach
    void open() {
        stores = EmbeddedStores.open(folder, InstantSource.system());
        files = new SampleFiles(stores.artifacts(), ObjectMapper.getDefault());
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void whatIsWrittenIsReadInItsOrder() {
        List<LabelledSample> samples = List.of(
                sample("second", 0.1f, "cat"), sample("first", -1.5e-20f, null), sample("grüße", 3.4028235e38f, "dog"));

        SampleFile file = files.write(samples.iterator());

        assertThat(file.count()).isEqualTo(3);
        assertThat(read(file.artifact())).isEqualTo(samples);
        assertThat(files.write(samples.iterator())).isEqualTo(file);
    }

    @Test
    void aFileWithoutLinesHasNone() {
        assertThat(read(files.write(List.<LabelledSample>of().iterator()).artifact()))
                .isEmpty();
    }

    @Test
    void theLastLineNeedsNoLineFeed() {
        assertThat(read(store("{\"key\":\"a\",\"sample\":{\"shape\":[1],\"values\":[2]}}")))
                .containsExactly(sample("a", 2, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"key\":\"a\"}",
                "{\"key\":\" \",\"sample\":{\"shape\":[1],\"values\":[2]}}",
                "{\"sample\":{\"shape\":[1],\"values\":[2]}}",
                "{\"key\":\"a\",\"sample\":{\"shape\":[2],\"values\":[2]}}",
                "{\"key\":\"a\",\"sample\":{\"shape\":[1],\"values\":[null]}}",
                "{\"key\":\"a\",\"sample\":{\"shape\":[1],\"values\":[NaN]}}",
                "{\"key\":\"a\",\"sample\":{\"shape\":[1],\"values\":[1e99]}}",
                "{\"key\":\"a\",\"sample\":{\"shape\":[-1],\"values\":[]}}",
                "{\"key\":\"a\",\"sample\":{\"shape\":[1],\"values\":[\"two\"]}}",
            })
    void aLineThatIsNoSampleIsNamed(String line) {
        Digest artifact = store("{\"key\":\"a\",\"sample\":{\"shape\":[1],\"values\":[2]}}\n" + line + "\n");

        assertThatThrownBy(() -> read(artifact))
                .isInstanceOf(SlipwayException.class)
                .hasMessageContaining("Line 2")
                .extracting(e -> ((SlipwayException) e).code())
                .isEqualTo("labeling.bad-line");
    }

    @Test
    void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() {
        Digest artifact = store("x".repeat(SampleFiles.MAX_LINE_BYTES + 1));

        assertThatThrownBy(() -> read(artifact)).hasMessageContaining("Line 1").hasMessageContaining("bytes");
    }

    private List<LabelledSample> read(Digest artifact) {
        List<LabelledSample> read = new ArrayList<>();
        long count = files.read(artifact, Service.LABELING, (number, sample) -> {
            read.add(sample);
            assertThat(number).isEqualTo(read.size());
        });
        assertThat(count).isEqualTo(read.size());
        return read;
    }

    private Digest store(String text) {
        return stores.artifacts().put(text.getBytes(StandardCharsets.UTF_8)).digest();
    }

    private static LabelledSample sample(String key, float value, String label) {
        return new LabelledSample(key, new Sample(List.of(1), List.of(value)), label);
    }
}
