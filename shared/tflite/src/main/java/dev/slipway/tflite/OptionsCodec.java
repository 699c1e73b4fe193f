package dev.slipway.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import com.google.flatbuffers.Table;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tensorflow.lite.schema.Operator;

/**
 * How one kind of options is written as, and read from, one table of the schema's union {@code BuiltinOptions}.
 *
 * @param table the table's number in the union
 * @param type the record
 * @param operators those that take this table, where a record has several; empty if the record has one table only
 */
record OptionsCodec<T extends OperatorOptions>(
        byte table,
        Class<T> type,
        Set<BuiltinOperator> operators,
        Writer<T> writer,
        BiFunction<Operator, ReadBudget, OperatorOptions> reader) {

    /** Writes options as a table and says where it is. */
    interface Writer<T> {
        int write(FlatBufferBuilder builder, T options);
    }

    /** Of a table of plain fields. */
    static <T extends OperatorOptions, F extends Table> OptionsCodec<T> of(
            byte table, Class<T> type, Writer<T> writer, Supplier<F> accessor, Function<F, OperatorOptions> reader) {
        return ofLists(table, type, writer, accessor, (from, budget) -> reader.apply(from));
    }

    /**
     * Of a table with lists, whose lengths are what the file claims. The generated accessors read them in place; their
     * object form would allocate any length.
     */
    static <T extends OperatorOptions, F extends Table> OptionsCodec<T> ofLists(
            byte table,
            Class<T> type,
            Writer<T> writer,
            Supplier<F> accessor,
            BiFunction<F, ReadBudget, OperatorOptions> reader) {
        return new OptionsCodec<>(
                table,
                type,
                Set.of(),
                writer,
                (operator, budget) -> reader.apply(Tables.options(operator, accessor.get()), budget));
    }

    /** The same table, for some of the operators that have such options. */
    OptionsCodec<T> only(BuiltinOperator... some) {
        return new OptionsCodec<>(table, type, Set.of(some), writer, reader);
    }

    boolean fits(BuiltinOperator operator, OperatorOptions options) {
        return type.isInstance(options) && (operators.isEmpty() || operators.contains(operator));
    }

    int write(FlatBufferBuilder builder, OperatorOptions options) {
        return writer.write(builder, type.cast(options));
    }

    OperatorOptions read(Operator operator, ReadBudget budget) {
        return reader.apply(operator, budget);
    }
}
