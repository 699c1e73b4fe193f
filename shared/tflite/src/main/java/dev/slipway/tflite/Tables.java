package dev.slipway.tflite;

import com.google.flatbuffers.Table;
import dev.slipway.kernel.SlipwayException;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.lite.schema.Operator;

/** What the tables of operator options are made of. */
final class Tables {
    private Tables() {}

    /** The operator's options in the accessor given, which belongs to the kind of table that the operator announces. */
    static <T extends Table> T options(Operator operator, T accessor) {
        if (operator.builtinOptions(accessor) == null) {
            throw malformed("an operator without the settings that it announces");
        }
        return accessor;
    }

    static byte code(Activation activation) {
        return (byte) activation.code();
    }

    static byte code(Padding padding) {
        return (byte) padding.code();
    }

    static byte code(TensorType type) {
        return (byte) type.code();
    }

    static Activation activation(byte code) {
        return Arrays.stream(Activation.values())
                .filter(activation -> activation.code() == code)
                .findFirst()
                .orElseThrow(() -> malformed("number " + code + " as an activation function"));
    }

    static Padding padding(byte code) {
        return Arrays.stream(Padding.values())
                .filter(padding -> padding.code() == code)
                .findFirst()
                .orElseThrow(() -> malformed("number " + code + " as a padding"));
    }

    static int[] array(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    static SlipwayException malformed(String what) {
        return SlipwayException.invalid("tflite.malformed", "The TFLite file is malformed: it has " + what + ".");
    }
}
