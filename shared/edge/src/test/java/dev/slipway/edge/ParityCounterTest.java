package dev.slipway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.platform.Fp16Conversions;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParityCounterTest {

    @Test
    void tellsErrorsAndLikeness() {
        OutputParity parity = compared(floats(3, 0, 4, 0), floats(3, 0, 4, 0.5f));
        assertThat(parity.maximumError()).isEqualTo(0.5);
        assertThat(parity.meanError()).isEqualTo(0.125);
        assertThat(parity.largestMagnitude()).isEqualTo(4);
        assertThat(parity.relativeError()).isEqualTo(0.125);
        assertThat(parity.signalToNoise()).isCloseTo(20, within(1e-9));
        assertThat(parity.cosine()).isCloseTo(5 / Math.sqrt(25.25), within(1e-9));
        assertThat(parity.argmaxAgreement()).isEqualTo(1);
    }

    @Test
    void notANumberMustStandWhereItStands() {
        assertThat(compared(floats(Float.NaN, 1), floats(Float.NaN, 1)).maximumError())
                .isZero();
        assertThat(compared(floats(Float.NaN, 1), floats(1, Float.NaN)).maximumError())
                .isInfinite();
        assertThat(compared(floats(Float.POSITIVE_INFINITY, 1), floats(Float.POSITIVE_INFINITY, 1))
                        .within(1e-4))
                .isTrue();
        assertThat(compared(floats(Float.POSITIVE_INFINITY), floats(Float.NEGATIVE_INFINITY))
                        .within(1e-4))
                .isFalse();
    }

    @Test
    void otherShapesAndTypesNeverPass() {
        OnnxTensor integers = OnnxTensor.int64("y", List.of(2), 1, 2);
        assertThat(compared(floats(1, 2), integers).within(1)).isFalse();
        assertThat(compared(floats(1, 2), floats(1)).within(1)).isFalse();
    }

    @Test
    void integersAreExactBeyondWhatDoublesTellApart() {
        OnnxTensor expected = OnnxTensor.int64("y", List.of(1), (1L << 53) + 1);
        OnnxTensor actual = OnnxTensor.int64("y", List.of(1), 1L << 53);
        assertThat(compared(expected, actual).within(1)).isFalse();
        assertThat(compared(expected, expected).within(0)).isTrue();
    }

    @Test
    void halvesAreJudgedAsHalves() {
        OutputParity parity = compared(half(1), half(1 + 0x1p-10f));
        assertThat(parity.within(1e-4)).isTrue();
        assertThat(compared(half(1), half(1 + 0x1p-8f)).within(1e-4)).isFalse();
    }

    private static OutputParity compared(OnnxTensor expected, OnnxTensor actual) {
        ParityCounter counter = new ParityCounter("y");
        counter.add(expected, actual);
        return counter.result();
    }

    private static OnnxTensor floats(float... values) {
        return OnnxTensor.float32("y", List.of(values.length), values);
    }

    private static OnnxTensor half(float value) {
        ByteBuffer data = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        data.putShort(Fp16Conversions.floatToFp16(value));
        return new OnnxTensor("y", ElementType.FLOAT16, List.of(1), data.flip());
    }
}
