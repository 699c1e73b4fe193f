package dev.slipway.edge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ElementsTest {

    @Test
    void constantsBecomeHalfNumbersAndBack() {
        float[] numbers = {0, -1.5f, 65504, 0.1f, Float.NEGATIVE_INFINITY, 1e6f};
        ByteBuffer floats = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            floats.putFloat(number);
        }
        ByteBuffer halves = Elements.cast(floats.flip(), TensorType.FLOAT32, TensorType.FLOAT16);
        ByteBuffer back = Elements.cast(halves.order(ByteOrder.LITTLE_ENDIAN), TensorType.FLOAT16, TensorType.FLOAT32);
        float[] rounded = new float[numbers.length];
        back.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(rounded);
        assertThat(rounded)
                .containsExactly(0, -1.5f, 65504, 0.099975586f, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    }
}
