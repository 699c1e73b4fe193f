package dev.slipway.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {
    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void writeModel() throws IOException {
        model = Files.write(folder.resolve("model.onnx"), Models.good());
    }

    @ParameterizedTest
    @ValueSource(strings = {"onnx", "ort", "tflite"})
    void latencyAndMemoryOfAnyFileAreMeasured(String ending) {
        Path file = ending.equals("onnx") ? model : converted("out." + ending);

        CommandResult result = CommandResult.of(
                "bench", file.toString(), "--runs", "5", "--warmup", "1", "--shape", "x=2,3", "--profile", "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        Map<String, Object> json = result.json();
        assertThat(json).containsEntry("runs", 5);
        assertThat(times(json))
                .containsOnlyKeys("min", "mean", "p50", "p90", "p99", "max")
                .allSatisfy((name, time) ->
                        assertThat(((Number) time).doubleValue()).isNotNegative());
        assertThat((List<?>) json.get("operators")).isNotEmpty();
        assertThat(json.containsKey("valueBytes")).isEqualTo(ending.equals("tflite"));
    }

    @Test
    void peopleGetLines() {
        CommandResult result = CommandResult.of("bench", model.toString(), "--runs", "3", "--warmup", "0");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("p50", "p99", "load");
    }

    @Test
    void badInputIsRefused() {
        assertThat(CommandResult.of("bench", folder.resolve("none.tflite").toString())
                        .exitCode())
                .isEqualTo(4);
        assertThat(CommandResult.of("bench", model.toString(), "--runs", "0").exitCode())
                .isEqualTo(3);
        assertThat(CommandResult.of("bench", model.toString(), "--shape", "y=1").err())
                .contains("[bench.shape]");
        assertThat(CommandResult.of("bench", model.toString(), "--shape", "x=1,4")
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void percentilesAreThoseOfTheRuns() {
        Latencies latencies = new Latencies(4_000_000, 1_000_000, 3_000_000, 2_000_000);

        assertThat(latencies.percentile(0)).isEqualTo(1);
        assertThat(latencies.percentile(0.5)).isEqualTo(2);
        assertThat(latencies.percentile(0.9)).isEqualTo(4);
        assertThat(latencies.mean()).isEqualTo(2.5);
    }

    private Path converted(String name) {
        Path out = folder.resolve(name);
        assertThat(CommandResult.of("convert", model.toString(), "-o", out.toString())
                        .exitCode())
                .isZero();
        return out;
    }

    @SuppressWarnings("unchecked") // The values of an object in an object have no other type.
    private static Map<String, Object> times(Map<String, Object> json) {
        return (Map<String, Object>) json.get("milliseconds");
    }
}
