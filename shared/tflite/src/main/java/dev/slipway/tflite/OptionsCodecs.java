package dev.slipway.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.OperatorOptions.None;
import dev.slipway.tflite.OperatorOptions.Other;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.Operator;

/** All options that can be written and read. */
final class OptionsCodecs {
    private static final List<OptionsCodec<?>> CODECS = Stream.of(
                    ConvolutionCodecs.all(),
                    ArithmeticCodecs.all(),
                    ArrangementCodecs.all(),
                    ChoiceCodecs.all(),
                    RecurrentCodecs.all())
            .flatMap(List::stream)
            .toList();

    private OptionsCodecs() {}

    /**
     * Options as they lie in the file.
     *
     * @param table the table's number in the schema's union, 0 for none
     * @param offset where the table is, 0 for none
     */
    record Written(byte table, int offset) {}

    /** Fails with {@code tflite.options} if the operator has no such options. */
    static Written write(FlatBufferBuilder builder, BuiltinOperator operator, OperatorOptions options) {
        if (options instanceof None) {
            return EmptyOptions.write(builder, operator);
        }
        OptionsCodec<?> codec = CODECS.stream()
                .filter(candidate -> candidate.fits(operator, options))
                .findFirst()
                .orElseThrow(() -> SlipwayException.unsupported(
                        "tflite.options", "The settings of " + operator + " can't be written: " + options + "."));
        return new Written(codec.table(), codec.write(builder, options));
    }

    /** Whether the operator has such options. */
    static boolean isKnown(BuiltinOperator operator, OperatorOptions options) {
        return CODECS.stream().anyMatch(codec -> codec.fits(operator, options));
    }

    static OperatorOptions read(Operator operator, ReadBudget budget) {
        byte table = operator.builtinOptionsType();
        if (table == BuiltinOptions.NONE || EmptyOptions.isEmpty(table)) {
            return new None();
        }
        return CODECS.stream()
                .filter(codec -> codec.table() == table)
                .findFirst()
                .map(codec -> codec.read(operator, budget))
                .orElseGet(() -> new Other(Byte.toUnsignedInt(table)));
    }
}
