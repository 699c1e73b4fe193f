package dev.slipway.standalone.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
