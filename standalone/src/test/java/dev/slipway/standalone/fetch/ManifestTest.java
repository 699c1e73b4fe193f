package dev.slipway.standalone.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    @ParameterizedTest
    @CsvSource({
        "TFLITE, FP32, KEEP, digits-v3.tflite",
        "TFLITE, FP32, , digits-v3.tflite",
        "ORT, FP16, KEEP, digits-v3-fp16.ort",
        "TFLITE, FP32, NHWC, digits-v3-nhwc.tflite",
        "TFLITE, INT8, NHWC, digits-v3-int8-nhwc.tflite"
    })
    void everyFormOfAModelHasAFileNameOfItsOwn(String target, String precision, String layout, String name) {
        Manifest.Entry file = new Manifest.Entry(target, precision, layout, "0".repeat(64), 1, "/delivery/v1/files/0");
        Manifest manifest =
                new Manifest("digits", "production", 5, 4, 3, List.of(file), List.of("a", "b"), List.of(1, 8, 8));

        assertThat(manifest.fileName(file)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\\b",
                "a?b*c",
                "<model>",
                "a|b\"c",
                "größe größe größe größe größe größe größe größe größe größe "
                        + "größe größe größe größe größe größe größe größe größe größe größe größe größe größe größe größe größe"
                        + " größe größe größe größe größe größe größe größe größe größe größe größe größe größe"
            })
    void aNameThatNoFileCanHaveIsChanged(String model) {
        Manifest.Entry file = new Manifest.Entry("TFLITE", "FP32", "KEEP", "0".repeat(64), 1, "/delivery/v1/files/0");
        Manifest manifest = new Manifest(model, "beta", 5, 4, 3, List.of(file), List.of("a"), List.of(1));

        String name = manifest.fileName(file);

        assertThat(name).matches("[^\\\\/:*?\"<>|]+-[0-9a-f]{8}-v3\\.tflite");
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my model é", "模型 😀", "a+b=c#d;e,f", "v1.0"})
    void aNameThatAFileCanHaveStays(String model) {
        Manifest.Entry file = new Manifest.Entry("ORT", "FP32", "KEEP", "0".repeat(64), 1, "/delivery/v1/files/0");
        Manifest manifest = new Manifest(model, "beta", 5, 4, 3, List.of(file), List.of("a"), List.of(1));

        assertThat(manifest.fileName(file)).isEqualTo(model + "-v3.ort");
    }
}
